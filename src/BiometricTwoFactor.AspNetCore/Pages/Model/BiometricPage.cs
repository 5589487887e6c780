namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// One page of the SDK, in words and parts and as finished HTML, for an application that renders it in its own way
/// (<see cref="IBiometricPageRenderer"/>). Texts are not encoded; what is called HTML is.
/// </summary>
public sealed class BiometricPage
{
    internal BiometricPage()
    {
    }

    /// <summary>Which page it is.</summary>
    public required BiometricPageKind Kind { get; init; }

    /// <summary>A confirm page's state, as in the state's JSON; null for other pages.</summary>
    public required string? State { get; init; }

    /// <summary>The title of the window, and the page's one heading.</summary>
    public required string Title { get; init; }

    /// <summary>The language of its words, for <c>lang</c>.</summary>
    public required string Language { get; init; }

    /// <summary><c>ltr</c> or <c>rtl</c>, for <c>dir</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>The application's name (<see cref="BiometricStepUpOptions.DisplayName"/>).</summary>
    public required string ApplicationName { get; init; }

    /// <summary>What the page says, paragraph by paragraph.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>
    /// What is approved, as label and value, from the stored facts that the digest covers (protocol 4.1). Each value has to be in
    /// the page as it is, or the page is not sent.
    /// </summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Details { get; init; }

    /// <summary>The digest of those facts, as the evidence has it once the camera is opened; null where nothing is shown.</summary>
    public required string? ShownDigest { get; init; }

    /// <summary>What is shown while another device is waited for; null where none is.</summary>
    public required BiometricPageHandOver? HandOver { get; init; }

    /// <summary>Its forms, in order.</summary>
    public required IReadOnlyList<BiometricPageForm> Forms { get; init; }

    /// <summary>Its links, in order.</summary>
    public required IReadOnlyList<BiometricPageLink> Links { get; init; }

    /// <summary>What its live region says (an element with the id <c>live</c>, which scripts write to); null where it has none.</summary>
    public required string? Status { get; init; }

    /// <summary>What it says where scripts are off; null for nothing.</summary>
    public required string? NoScript { get; init; }

    /// <summary>The whole content within <c>main</c>, heading included. Callback and resume pages need it as it is.</summary>
    public required string ContentHtml { get; init; }

    /// <summary>What belongs into <c>head</c>: title, viewport, the SDK's and the application's stylesheets, the page's script.</summary>
    public required string HeadHtml { get; init; }

    /// <summary>What belongs into the tag of <c>body</c>: data that the page's script reads.</summary>
    public required string BodyAttributesHtml { get; init; }
}
