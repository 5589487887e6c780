namespace BiometricTwoFactor.Emulator.Tests;

public sealed class CallbackRuleTests
{
    [Theory]
    [InlineData("initiator", "Initiator", true, "Callback")]
    [InlineData("initiator", "Initiator", false, "Callback")]
    [InlineData("initiator", "Other", true, "GoBack")]
    [InlineData("initiator", "Other", false, "GoBack")]
    [InlineData("completer", "Initiator", true, "Callback")]
    [InlineData("completer", "Initiator", false, "Close")]
    [InlineData("completer", "Other", true, "Callback")]
    [InlineData("completer", "Other", false, "GoBack")]
    [InlineData("both", "Initiator", true, "Callback")]
    [InlineData("both", "Initiator", false, "Callback")]
    [InlineData("both", "Other", true, "Callback")]
    [InlineData("both", "Other", false, "Callback")]
    public void The_method_decides_where_a_browser_goes(string method, string role, bool finishedHere, string end)
    {
        var decided = CallbackRule.Decide(method, role == "Initiator" ? DeviceRole.Initiator : DeviceRole.Other, finishedHere);
        Assert.Equal(end, decided.ToString());
    }
}
