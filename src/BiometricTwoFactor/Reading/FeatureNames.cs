using System.Text;

namespace BiometricTwoFactor;

/// <summary>Names of features (contract 2): an open list, of which the known are not made anew for every document.</summary>
internal static class FeatureNames
{
    private static readonly (byte[] Utf8, string Text)[] Known =
    [
        .. from name in new[]
           {
               "ID_VERIFICATION", "NFC", "LIVENESS", "FACE_MATCH", "POA", "PHONE", "EMAIL_VERIFICATION", "AML", "IP_ANALYSIS",
               "DATABASE_VALIDATION", "QUESTIONNAIRE", "AGE_ESTIMATION", "FACE_SEARCH",
           }
           select (Encoding.UTF8.GetBytes(name), name),
    ];

    /// <summary>Reads a text, or an object with a <c>feature</c>; empty for anything else.</summary>
    public static string Read(JsonCursor entry)
    {
        var name = entry.IsObject ? entry["feature"u8].Utf8 : entry.Utf8;
        foreach (var (utf8, text) in Known)
        {
            if (name.Length == utf8.Length && name.StartsWith(utf8))
            {
                return text;
            }
        }

        return Encoding.UTF8.GetString(name);
    }
}
