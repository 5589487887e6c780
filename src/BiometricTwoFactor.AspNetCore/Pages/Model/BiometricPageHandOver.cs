namespace BiometricTwoFactor.AspNetCore;

/// <summary>What the asking page shows while another device is waited for (protocol 4.2). Link and digits are secrets of this browser.</summary>
/// <param name="Link">The link to be opened on the other device.</param>
/// <param name="Digits">The two digits to be typed there. Never put them into the link, or where the link is sent.</param>
/// <param name="PictureUrl">A local path: the link as a QR code (SVG), for this browser only.</param>
public sealed record BiometricPageHandOver(string Link, string Digits, string PictureUrl)
{
    /// <summary>Nothing of it.</summary>
    public override string ToString() => "***";
}
