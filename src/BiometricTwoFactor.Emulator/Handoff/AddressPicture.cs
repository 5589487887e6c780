using QRCoder;

namespace BiometricTwoFactor.Emulator;

/// <summary>An address as a QR code, for a camera to read.</summary>
internal static class AddressPicture
{
    /// <summary>SVG to stand in HTML: of attributes alone, since the page's policy allows no style in it.</summary>
    public static string Svg(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(data);
        return picture.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
