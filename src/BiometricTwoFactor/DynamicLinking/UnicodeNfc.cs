using System.Text;

namespace BiometricTwoFactor;

internal static class UnicodeNfc
{
    internal static string Normalize(string text) => text.Normalize(NormalizationForm.FormC);
}
