namespace BiometricTwoFactor;

/// <summary>What one-time codes by SMS cost the user of this library, who alone knows: prices differ by country, carrier and contract.</summary>
public sealed record SmsCosts
{
    /// <summary>The price of one message to where the customers are, carriers' fees included.</summary>
    public required decimal PricePerMessage { get; init; }

    /// <summary>How many messages a code is billed as; more than one for long texts and other alphabets.</summary>
    public int Segments { get; init; } = 1;

    /// <summary>Codes that are sent once more, as a fraction of those asked for: 0.2 for one in five.</summary>
    public required decimal ResendRate { get; init; }

    /// <summary>Authentications that come to a right code, as a fraction of those begun: 0.9 for nine in ten.</summary>
    public required decimal CompletionRate { get; init; }

    /// <summary>What is paid each month whatever is sent: numbers, campaigns, minimum.</summary>
    public decimal FixedPerMonth { get; init; }
}

/// <summary>What the provider bills a face as.</summary>
public enum FaceProduct
{
    /// <summary>A session: liveness and comparison with the stored portrait.</summary>
    Session = 0,

    /// <summary>The comparison of two pictures alone.</summary>
    Match,
}

/// <summary>
/// What faces cost. The prices are the provider's list as its guides told it on 16 May 2026, in US dollars; they are parameters, since
/// lists change and contracts differ.
/// </summary>
public sealed record FaceCosts
{
    /// <summary>What is billed.</summary>
    public FaceProduct Product { get; init; }

    /// <summary>The price of a session.</summary>
    public decimal PriceOfSession { get; init; } = 0.10m;

    /// <summary>The price of a comparison alone.</summary>
    public decimal PriceOfMatch { get; init; } = 0.05m;

    /// <summary>True to have device and network analysed in each session.</summary>
    public bool WithDeviceAndIp { get; init; }

    /// <summary>The price of that.</summary>
    public decimal PriceOfDeviceAndIp { get; init; } = 0.03m;

    /// <summary>How many are free each month. The guides do not say which products count; zero is the careful value.</summary>
    public int FreePerMonth { get; init; } = 500;

    /// <summary>Authentications that come to an approval, as a fraction of those begun.</summary>
    public required decimal CompletionRate { get; init; }

    /// <summary>True where declined and abandoned sessions are billed too; the guides say that they are free.</summary>
    public bool BillsUnfinished { get; init; }
}
