using System.Diagnostics;

namespace BiometricTwoFactor;

/// <summary>
/// How the client reaches the provider. Bound from the section <c>Biometric</c>; checked when the application starts;
/// read again on every call, so that a key can be rotated without a restart.
/// </summary>
[DebuggerDisplay("{BaseAddress}")]
public sealed class BiometricClientOptions
{
    internal const int MegaByte = 1024 * 1024;

    /// <summary>The API key, header <c>x-api-key</c>. Required. Sent to <see cref="BaseAddress"/> and nowhere else.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string ApiKey { get; set; } = "";

    /// <summary>
    /// True when these options only serve others as a beginning, as the shared ones of an application with tenants do: they need
    /// no key, and no client is made from them. False by default.
    /// </summary>
    public bool IsTemplate { get; set; }

    /// <summary>The provider's origin. https, or http on this machine. Never <c>apx.didit.me</c>, which signs people in (contract 1).</summary>
    public Uri BaseAddress { get; set; } = new("https://verification.didit.me/");

    /// <summary>Which edition of the provider's names is written. Both are always read.</summary>
    public ApiEdition Edition { get; set; } = ApiEdition.Auto;

    /// <summary>
    /// The hosts on which a session's page may live; any other page is refused (attack 60). Empty means
    /// <c>verify.didit.me</c> alone. Pages on this machine are allowed when <see cref="BaseAddress"/> is on this machine.
    /// </summary>
    public IList<string> HostedPageHosts { get; } = [];

    /// <summary>The most bytes of a portrait, before base64: 2 MiB by default, as the reference allows. The guide allows 1 MiB; above that a warning is logged.</summary>
    public int PortraitMaxBytes { get; set; } = 2 * MegaByte;

    /// <summary>The most bytes of one image of a face match or liveness check: 5 MiB by default (contract 3.1).</summary>
    public int ImageMaxBytes { get; set; } = 5 * MegaByte;

    /// <summary>The most bytes of a JSON answer: 4 MiB by default.</summary>
    public int AnswerMaxBytes { get; set; } = 4 * MegaByte;

    /// <summary>The most bytes of a session's PDF report: 64 MiB by default.</summary>
    public int ReportMaxBytes { get; set; } = 64 * MegaByte;

    /// <summary>The most pages that listing sessions follows: 1000 by default, so that a list that never ends does end.</summary>
    public int MaxListPages { get; set; } = 1000;

    /// <summary>Time limits, repetition of reads, and when to stop calling a provider that fails.</summary>
    public BiometricResilienceOptions Resilience { get; } = new();

    /// <summary>The base address only.</summary>
    public override string ToString() => BaseAddress.GetLeftPart(UriPartial.Authority);
}
