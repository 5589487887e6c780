using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace BiometricTwoFactor.Emulator.Tests.Page;

/// <summary>
/// Chromium with one camera after the other. What the camera sees is fixed when the browser starts, so that each film has
/// a browser of its own, started by the first test that wants it.
/// </summary>
public sealed class Cameras : IAsyncLifetime
{
    public const string Chromium = "/usr/bin/chromium";

    private readonly ConcurrentDictionary<string, Lazy<Task<IBrowser>>> _browsers = new(StringComparer.Ordinal);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emulator-cameras-");
    private IPlaywright? _playwright;

    public async Task InitializeAsync() => _playwright = File.Exists(Chromium) ? await Playwright.CreateAsync() : null;

    public async Task DisposeAsync()
    {
        foreach (var browser in _browsers.Values)
        {
            await (await browser.Value).DisposeAsync();
        }

        _playwright?.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>A browser whose user allows a camera that sees that film.</summary>
    internal Task<IBrowser> SeeingAsync(string name, Func<Film> film) => BrowserAsync(name, async () =>
    {
        var path = Path.Combine(_folder.FullName, name + ".mjpeg");
        await File.WriteAllBytesAsync(path, film().Bytes);
        return await LaunchAsync("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", $"--use-file-for-fake-video-capture={path}");
    });

    /// <summary>A drawn person before the camera, who sits still.</summary>
    internal Task<IBrowser> SeeingSomebodyAsync() => SeeingAsync("person", Film.Person);

    /// <summary>A camera that the user does not allow.</summary>
    internal Task<IBrowser> DeniedAsync() => BrowserAsync("denied", () => LaunchAsync("--use-fake-device-for-media-stream"));

    /// <summary>No camera at all.</summary>
    internal Task<IBrowser> BlindAsync() => BrowserAsync("blind", () => LaunchAsync("--use-fake-ui-for-media-stream"));

    private Task<IBrowser> BrowserAsync(string name, Func<Task<IBrowser>> launch) =>
        _browsers.GetOrAdd(name, _ => new Lazy<Task<IBrowser>>(launch)).Value;

    private Task<IBrowser> LaunchAsync(params string[] arguments) => _playwright!.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Chromium,
        Args = ["--no-sandbox", "--disable-background-networking", .. arguments],
    });
}

/// <summary>The browser's tests run one after the other: each browser wants the whole machine.</summary>
[CollectionDefinition(Name)]
public sealed class CameraCollection : ICollectionFixture<Cameras>
{
    public const string Name = "cameras";
}
