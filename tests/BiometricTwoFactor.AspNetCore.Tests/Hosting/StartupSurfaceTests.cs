namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Settings of pages and apps that will not do stop the start: a link or a script from elsewhere is not to be had.</summary>
public sealed class StartupSurfaceTests
{
    [Theory]
    [InlineData("NativeCallbacks:0", "javascript:alert(1)//callback")]
    [InlineData("NativeCallbacks:0", "javascript://biometric/callback")]
    [InlineData("NativeCallbacks:0", "data:text/html,/callback")]
    [InlineData("NativeCallbacks:0", "file:///callback")]
    [InlineData("NativeCallbacks:0", "intent://biometric/callback")]
    [InlineData("NativeCallbacks:0", "http://bank.example/callback")]
    [InlineData("NativeCallbacks:0", "https://user@bank.example/callback")]
    [InlineData("NativeCallbacks:0", "https://bank.example/callback?a=1")]
    [InlineData("NativeCallbacks:0", "https://bank.example/callback#a")]
    [InlineData("NativeCallbacks:0", "https://bank.example/../callback")]
    [InlineData("NativeCallbacks:0", "https://bank.example//callback")]
    [InlineData("NativeCallbacks:0", "https://bank.example/app")]
    [InlineData("NativeCallbacks:0", "https://BANK.example/callback")]
    [InlineData("NativeCallbacks:0", "bank-app:///callback")]
    [InlineData("NativeCallbacks:0", "bank-app:/callback")]
    [InlineData("NativeCallbacks:0", "/callback")]
    [InlineData("NativeCallbacks:0", "")]
    [InlineData("Pages:Capture", "Popup")]
    [InlineData("Pages:CaptureScript", "https://cdn.example/sdk.js")]
    [InlineData("Pages:CaptureScript", "//cdn.example/sdk.js")]
    [InlineData("Pages:Stylesheet", "https://cdn.example/own.css")]
    [InlineData("Pages:Stylesheet", "own.css")]
    [InlineData("Pages:Style", "/own.css")]
    public async Task A_setting_that_will_not_do_stops_the_start_and_is_named(string setting, string value)
    {
        var starting = new Starting();
        starting.Settings["Biometric:" + setting] = value;
        Assert.Contains("Biometric:" + setting.Replace(":0", "", StringComparison.Ordinal), await starting.ProblemAsync() ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Modal")]
    [InlineData("Inline")]
    public async Task A_frame_without_the_providers_sdk_stops_the_start(string presentation)
    {
        var starting = new Starting();
        starting.Settings["Biometric:Pages:Capture"] = presentation;
        Assert.Contains("Biometric:Pages:CaptureScript", await starting.ProblemAsync() ?? "", StringComparison.Ordinal);
        starting.Settings["Biometric:Pages:CaptureScript"] = "/lib/didit-sdk.esm.js";
        Assert.Null(await starting.ProblemAsync());
    }

    [Theory]
    [InlineData("https://bank.example/app/callback")]
    [InlineData("https://bank.example:8443/callback")]
    [InlineData("http://127.0.0.1:5000/callback")]
    [InlineData("com.example.bank://biometric/callback")]
    [InlineData("bank-app://callback/callback")]
    public async Task A_deep_link_of_an_app_will_do(string link)
    {
        var starting = new Starting();
        starting.Settings["Biometric:NativeCallbacks:0"] = link;
        starting.Settings["Biometric:Pages:Stylesheet"] = "/css/confirm.css?v=2";
        Assert.Null(await starting.ProblemAsync());
    }
}
