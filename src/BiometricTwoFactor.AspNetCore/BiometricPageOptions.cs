namespace BiometricTwoFactor.AspNetCore;

/// <summary>How the SDK's own pages look, speak and reach the camera (<c>Biometric:Pages</c>).</summary>
public sealed class BiometricPageOptions
{
    /// <summary>
    /// A stylesheet of the application for the SDK's pages, as a local path such as <c>/css/confirm.css</c>. It is loaded after
    /// ours: setting the variables that PAGES.md lists is enough for most.
    /// </summary>
    public string? Stylesheet { get; set; }

    /// <summary>
    /// The one language of the pages, as an HTML language tag such as <c>de</c>. Null, the default: the language of the request,
    /// by the application's own request localisation, else by <c>Accept-Language</c>.
    /// </summary>
    public string? Language { get; set; }

    /// <summary>How the provider's page is reached. Anything but <see cref="CapturePresentation.Redirect"/> needs <see cref="CaptureScript"/>.</summary>
    public CapturePresentation Capture { get; set; }

    /// <summary>
    /// The provider's web SDK (npm <c>@didit-protocol/sdk-web</c>, <c>dist/didit-sdk.esm.js</c> or <c>dist/didit-sdk.umd.min.js</c>),
    /// as a local path at which the application itself serves it: the pages run no script of another origin.
    /// </summary>
    public string? CaptureScript { get; set; }
}
