namespace BiometricTwoFactor.Emulator.Tests.Page;

/// <summary>What a browser's test needs beside the browser itself.</summary>
[Flags]
internal enum Needs
{
    Nothing = 0,
    Faces = 1,
    Liveness = 2,
    OfficialClient = 4,
}

/// <summary>A test in a real browser.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute(Needs needs = Needs.Nothing) => Skip = Missing(needs);

    internal static string? Missing(Needs needs) =>
        !File.Exists(Cameras.Chromium) ? $"needs {Cameras.Chromium}, which tests/run installs"
        : !JpegTools.AreThere ? "needs cjpeg and djpeg, which tests/run installs"
        : needs.HasFlag(Needs.Faces) && !Faces.AreThere ? "needs ../shared/data/lfw/images"
        : needs.HasFlag(Needs.Liveness) && !LivenessFiles.AreThere ? "needs ../shared/models/minifasnet and ../shared/data/liveness"
        : needs.HasFlag(Needs.OfficialClient) && !OfficialClients.AreThere ? "needs the provider's npm packages, which tests/run installs"
        : null;
}

/// <summary>The same with rows.</summary>
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute(Needs needs = Needs.Nothing) => Skip = BrowserFactAttribute.Missing(needs);
}
