namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>Bytes that begin like pictures; nothing here looks at the rest.</summary>
internal static class Pictures
{
    public static byte[] Jpeg(int length = 64)
    {
        var bytes = new byte[length];
        byte[] start = [0xFF, 0xD8, 0xFF, 0xE0];
        start.CopyTo(bytes, 0);
        return bytes;
    }
}
