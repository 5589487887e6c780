namespace BiometricTwoFactor;

/// <summary>Names that only the provider's reference uses, kept as bytes.</summary>
internal static class ReferenceMembers
{
    private static readonly byte[][] Names =
    [
        .. from name in new[]
           {
               "webhook_type", "decision", "face_match", "liveness_checks", "face_matches", "ip_analyses", "id_verifications",
               "nfc_verifications", "phone_verifications", "email_verifications", "poa_verifications", "document_ai_documents",
               "questionnaire_responses", "aml_screenings", "database_validations",
           }
           select System.Text.Encoding.UTF8.GetBytes(name),
    ];

    private static readonly (byte[] Utf8, string Text)[] Features =
    [
        .. from name in new[]
           {
               "ID_VERIFICATION", "NFC", "LIVENESS", "FACE_MATCH", "POA", "PHONE", "EMAIL_VERIFICATION", "AML", "IP_ANALYSIS",
               "DATABASE_VALIDATION", "QUESTIONNAIRE", "AGE_ESTIMATION", "FACE_SEARCH",
           }
           select (System.Text.Encoding.UTF8.GetBytes(name), name),
    ];

    public static bool Contains(ReadOnlySpan<byte> member)
    {
        foreach (var name in Names)
        {
            if (member.Length == name.Length && member.StartsWith(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text of a known feature without making a new one; null for others.</summary>
    public static string? FeatureName(ReadOnlySpan<byte> feature)
    {
        foreach (var (utf8, text) in Features)
        {
            if (feature.Length == utf8.Length && feature.StartsWith(utf8))
            {
                return text;
            }
        }

        return null;
    }
}
