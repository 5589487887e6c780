namespace BiometricTwoFactor.AspNetCore;

/// <summary>What surrounds a page's content.</summary>
internal sealed record PageFrame(string Title, string Language, string ApplicationName, string Stylesheet, string NoScriptStylesheet)
{
    public BiometricPageKind Kind { get; init; }

    public string Direction { get; init; } = "ltr";

    /// <summary>The application's own style, after ours.</summary>
    public string? OwnStylesheet { get; init; }

    public string? Script { get; init; }

    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Other origins that a form of this page leads to; without the hosted page's the browser blocks the redirect after start.</summary>
    public IReadOnlyList<string> FormTargets { get; init; } = [];

    public bool MayBeFramed { get; init; }

    /// <summary>What this page may show in a frame.</summary>
    public IReadOnlyList<string> FrameSources { get; init; } = [];

    /// <summary>Whose frames may ask for the camera.</summary>
    public IReadOnlyList<string> CameraOrigins { get; init; } = [];

    /// <summary>The style of what the provider's web SDK makes.</summary>
    public string? FrameStylesheet { get; init; }

    /// <summary>The digest of what a confirm page shows.</summary>
    public string? ShownDigest { get; init; }
}
