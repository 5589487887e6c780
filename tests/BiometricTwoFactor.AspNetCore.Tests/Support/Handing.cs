using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The steps of a hand-over, by two clients: the one that asks, and the device that shows the face.</summary>
internal static class Handing
{
    public const string DevicePage = "/biometric/device";
    public const string WindowsChrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
    public const string AndroidChrome = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36";

    /// <summary>Chooses another device on the confirm page; gives the link's path and the two digits.</summary>
    public static async Task<(string Link, string Digits)> HandOverAsync(this RelyingParty bank, Browser asking, string id)
    {
        using var chosen = await asking.PostAsync($"/biometric/handover/{id}", await asking.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, chosen);
        Assert.Equal($"/biometric/confirm/{id}", chosen.Headers.Location!.ToString());
        var (link, digits) = await ShownAsync(asking, id);
        bank.Secrets.Code(link[(link.LastIndexOf('/') + 1)..]);
        return (link, digits);
    }

    /// <summary>What the asking page shows.</summary>
    public static async Task<(string Link, string Digits)> ShownAsync(Browser asking, string id)
    {
        using var answer = await asking.GetAsync($"/biometric/handover/{id}");
        await Browser.ExpectAsync(HttpStatusCode.OK, answer);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (new Uri(json.GetProperty("link").GetString()!).AbsolutePath, json.GetProperty("digits").GetString()!);
    }

    public static async Task<string?> StepAsync(Browser asking, string id)
    {
        using var answer = await asking.GetAsync($"/biometric/challenges/{id}");
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return json.TryGetProperty("handOver", out var handOver) ? handOver.GetProperty("step").GetString() : null;
    }

    /// <summary>The token of the page that the device is looking at.</summary>
    public static async Task<(string Name, string Value)> TokenOfAsync(Browser device, string page)
    {
        using var answer = await device.GetAsync(page);
        await Browser.ExpectAsync(HttpStatusCode.OK, answer);
        return Assert.Single(Browser.FormOf(await answer.Content.ReadAsStringAsync()).Fields);
    }

    /// <summary>Opens the link and types digits.</summary>
    public static async Task<HttpResponseMessage> TypeAsync(this Browser device, string link, string digits) =>
        await device.PostAsync(link, ("digits", digits), await TokenOfAsync(device, link));

    /// <summary>Opens the link and types the right digits.</summary>
    public static async Task TakeAsync(this Browser device, string link, string digits)
    {
        using var taken = await device.TypeAsync(link, digits);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, taken);
        Assert.Equal(DevicePage, taken.Headers.Location!.ToString());
    }

    /// <summary>Presses the button that leads to the camera.</summary>
    public static async Task<HttpResponseMessage> StartHandedAsync(this Browser device, string? userAgent = null)
    {
        var token = await TokenOfAsync(device, DevicePage);
        using var start = new HttpRequestMessage(HttpMethod.Post, DevicePage) { Content = new FormUrlEncodedContent([new(token.Name, token.Value)]) };
        start.Headers.TryAddWithoutValidation("User-Agent", userAgent ?? AndroidChrome);
        return await device.SendAsync(start);
    }

    /// <summary>From the choice to the open camera page; gives the device that it is open on.</summary>
    public static async Task<Browser> OpenedOnPhoneAsync(this RelyingParty bank, Browser asking, string id)
    {
        var (link, digits) = await bank.HandOverAsync(asking, id);
        var phone = bank.NewBrowser();
        await phone.TakeAsync(link, digits);
        using var started = await phone.StartHandedAsync();
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, started);
        return phone;
    }

    /// <summary>The same, with the capture; the callback is not opened yet.</summary>
    public static async Task<(Browser Phone, Uri Callback)> CapturedOnPhoneAsync(this RelyingParty bank, Browser asking, string id, string scenario = SandboxScenario.Approve)
    {
        var phone = await bank.OpenedOnPhoneAsync(asking, id);
        return (phone, (await bank.Provider.CompleteAsync(bank.LastSession().Id, scenario))!);
    }

    /// <summary>Two digits that are not the given ones.</summary>
    public static string Other(string digits, int which = 1) => ((int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) + which) % 100).ToString("00", System.Globalization.CultureInfo.InvariantCulture);
}
