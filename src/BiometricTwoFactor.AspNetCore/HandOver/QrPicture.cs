using QRCoder;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>A link as a QR code.</summary>
internal static class QrPicture
{
    private const int PixelsPerModule = 4;

    /// <summary>SVG of attributes alone; black on white with its quiet zone, whatever the page's colours, so that cameras read it.</summary>
    public static string Svg(string link)
    {
        using var data = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(data);
        return picture.GetGraphic(PixelsPerModule, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
