using System.Text;

namespace BiometricTwoFactor;

/// <summary>Reads and writes <see cref="SessionStatus"/> as the wire spells it: byte for byte, no case folding.</summary>
public static class SessionStatusText
{
    /// <summary>Reads a status. Anything but an exact text of the wire is <see cref="SessionStatus.Unknown"/>.</summary>
    /// <param name="text">The text as received, or null.</param>
    public static SessionStatus Parse(string? text) => text switch
    {
        "Approved" => SessionStatus.Approved,
        "Declined" => SessionStatus.Declined,
        "In Review" => SessionStatus.InReview,
        "Not Started" => SessionStatus.NotStarted,
        "In Progress" => SessionStatus.InProgress,
        "Awaiting User" => SessionStatus.AwaitingUser,
        "Resubmitted" => SessionStatus.Resubmitted,
        "Expired" => SessionStatus.Expired,
        "Kyc Expired" => SessionStatus.KycExpired,
        "Abandoned" => SessionStatus.Abandoned,
        "Not Finished" => SessionStatus.NotFinished,
        _ => SessionStatus.Unknown,
    };

    /// <summary>Reads a status from UTF-8 without making a string for the known ones.</summary>
    /// <param name="utf8">The decoded JSON string's bytes.</param>
    /// <param name="text">The status's text; for an unknown one the text as received.</param>
    public static SessionStatus Parse(ReadOnlySpan<byte> utf8, out string text)
    {
        foreach (var (bytes, status, known) in Known)
        {
            if (utf8.Length == bytes.Length && utf8.StartsWith(bytes))
            {
                text = known;
                return status;
            }
        }

        text = Encoding.UTF8.GetString(utf8);
        return SessionStatus.Unknown;
    }

    /// <summary>The wire's text of a status; <c>Unknown</c> for <see cref="SessionStatus.Unknown"/>, which the wire does not have.</summary>
    public static string ToWire(this SessionStatus status)
    {
        foreach (var (_, known, text) in Known)
        {
            if (known == status)
            {
                return text;
            }
        }

        return nameof(SessionStatus.Unknown);
    }

    private static readonly (byte[] Bytes, SessionStatus Status, string Text)[] Known =
    [
        .. from text in new[]
           {
               "Approved", "Declined", "In Review", "Not Started", "In Progress", "Awaiting User",
               "Resubmitted", "Expired", "Kyc Expired", "Abandoned", "Not Finished",
           }
           select (Encoding.UTF8.GetBytes(text), Parse(text), text),
    ];
}
