using System.Diagnostics;
using System.Text;

namespace BiometricTwoFactor;

/// <summary>A text that must not be seen: an API key, a session token. Its <see cref="ToString"/> is <c>***</c>.</summary>
[DebuggerDisplay("***")]
public sealed class Secret
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    /// <summary>Wraps a secret text.</summary>
    /// <exception cref="ArgumentException">The text is empty or contains control characters or white space.</exception>
    public Secret(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        foreach (var c in value)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c))
            {
                // The text itself must not be part of the message.
                throw new ArgumentException("A secret contains neither white space nor control characters.", nameof(value));
            }
        }

        _value = value;
    }

    /// <summary>Hands out the text. Only where it is put on the wire.</summary>
    public string Reveal() => _value;

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";

    internal byte[] ToUtf8() => Encoding.UTF8.GetBytes(_value);
}
