using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.SignalR;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A method with the attribute, and one that asks from code.</summary>
[Authorize]
internal sealed class MoneyHub(RelyingPartySetup setup, BiometricHub biometric) : Hub
{
    [RequireBiometric(StepUpReason.SettingsChange, Title = Limit.Title)]
    public string Change(string value)
    {
        new Limit(value).Carry(setup);
        return "done";
    }

    [RequireBiometric(StepUpReason.LoginNewDevice)]
    public string Look() => "the account";

    /// <summary>With a service that the framework supplies by itself, and values that stand in fields.</summary>
    [RequireBiometric(StepUpReason.SettingsChange, Title = "Move the limits")]
    public string Move(BiometricHub supplied, (string From, string To) limits, Dictionary<string, int> steps)
    {
        setup.Executed.Enqueue($"{limits.From} to {limits.To} in {steps.Count} {supplied is not null}");
        return "done";
    }

    public async Task<string> Pay(TransferRequest transfer)
    {
        var approval = await biometric.RequireAsync(Context, StepUpReason.HighValueTransaction, transfer.ToTransaction());
        setup.Executed.Enqueue($"{transfer.Amount} {transfer.Currency} to {transfer.Account}");
        return "executed " + approval?.Id;
    }
}
