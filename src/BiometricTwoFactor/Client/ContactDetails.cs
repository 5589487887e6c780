namespace BiometricTwoFactor;

/// <summary>How the provider may write to the user (<c>contact_details</c>). Prints nothing of its content.</summary>
public sealed record ContactDetails
{
    /// <summary>The user's e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the provider mails the user about the session; null leaves its default, which is no.</summary>
    public bool? SendNotificationEmails { get; init; }

    /// <summary>The language of those mails, such as <c>en</c>.</summary>
    public string? EmailLanguage { get; init; }

    /// <summary>The user's telephone number in E.164, such as <c>+34600000000</c>.</summary>
    public string? Phone { get; init; }

    /// <summary>The type's name only.</summary>
    public override string ToString() => nameof(ContactDetails);
}
