namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed class SignInSettingsTests
{
    [Theory]
    [InlineData("SignIn:OtherWayUrl", "https://evil.example/")]
    [InlineData("SignIn:OtherWayUrl", "//evil.example")]
    [InlineData("SignIn:LockedOutUrl", "account/locked")]
    [InlineData("SignIn:Ask", "7")]
    public async Task A_sign_in_setting_that_leads_elsewhere_stops_the_start_by_its_name(string setting, string value) =>
        Assert.Contains("Biometric:" + setting, await ProblemAsync(setting, value), StringComparison.Ordinal);

    [Theory]
    [InlineData("SignIn:OtherWayUrl", "/Identity/Account/LoginWithRecoveryCode?hint=1")]
    [InlineData("SignIn:LockedOutUrl", "/account/locked")]
    [InlineData("SignIn:Ask", "Always")]
    public async Task A_local_path_will_do(string setting, string value) => Assert.Null(await ProblemAsync(setting, value));

    private static Task<string?> ProblemAsync(string setting, string value)
    {
        var starting = new Starting();
        starting.Settings["Biometric:" + setting] = value;
        return starting.ProblemAsync();
    }
}
