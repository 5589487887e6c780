using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>Misbehaviour through the control API: planned faults, and the switches that hold for everything.</summary>
internal static class FaultControl
{
    /// <summary>Nobody waits longer for an answer.</summary>
    private const double LongestDelay = 3600;

    public static Task ListAsync(HttpContext context, EmulatorCore core) => ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
    {
        ["planned"] = new JsonArray([.. core.Faults.Planned.Select(fault => (JsonNode)EmulatorFaultJson.Write(fault))]),
        ["switches"] = Switches(core),
    });

    /// <summary>What can be planned: it never changes, so that it is asked for once.</summary>
    public static Task KindsAsync(HttpContext context) => ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
    {
        ["results"] = new JsonArray([.. FaultGuide.All.Select(entry => (JsonNode)new JsonObject
        {
            ["kind"] = EmulatorFaultKindText.ToWire(entry.Kind),
            ["explanation"] = entry.Explanation,
            ["seconds"] = entry.Seconds,
            ["count"] = entry.Count,
            ["text"] = entry.Text,
        })]),
    });

    public static async Task PlanAsync(HttpContext context, EmulatorCore core)
    {
        if (await ProviderJson.ReadObjectAsync(context) is not { } body)
        {
            return;
        }

        if (!EmulatorFaultJson.TryRead(body, out var fault, out var errors))
        {
            await ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, errors);
            return;
        }

        if (fault.SessionId is { } session && core.Find(session.ToString()) is null)
        {
            await ApiErrors.FieldAsync(context, "session_id", "There is no such session.");
            return;
        }

        await ProviderJson.WriteAsync(context, StatusCodes.Status201Created, EmulatorFaultJson.Write(core.Faults.Plan(fault)));
    }

    public static async Task RemoveAsync(HttpContext context, EmulatorCore core)
    {
        var removed = long.TryParse(context.Request.RouteValues["number"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && core.Faults.Remove(new EmulatorFault { Kind = EmulatorFaultKind.None, Id = id });
        if (!removed)
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status404NotFound, "Not found.");
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Everything off and nothing planned. What is held stays held until it is released.</summary>
    public static Task ClearAsync(HttpContext context, EmulatorCore core)
    {
        core.Faults.Clear();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Sets what is named and leaves the rest.</summary>
    public static async Task SwitchAsync(HttpContext context, EmulatorCore core)
    {
        if (await ControlBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        var (faults, drop, hold) = (core.Faults, body.Flag("drop_webhooks"), body.Flag("hold_webhooks"));
        var (wrongSecret, unavailable) = (body.Flag("sign_with_wrong_secret"), body.Flag("unavailable"));
        var (hangUp, nonsense) = (body.Flag("hang_up"), body.Flag("answer_nonsense"));
        var delay = body.Number("delay_seconds", LongestDelay);
        if (await body.IsRefusedAsync(context))
        {
            return;
        }

        faults.DropWebhooks = drop ?? faults.DropWebhooks;
        faults.HoldWebhooks = hold ?? faults.HoldWebhooks;
        faults.Unavailable = unavailable ?? faults.Unavailable;
        faults.HangUp = hangUp ?? faults.HangUp;
        faults.AnswerNonsense = nonsense ?? faults.AnswerNonsense;
        faults.Delay = delay is { } seconds ? TimeSpan.FromSeconds(seconds) : faults.Delay;
        if (wrongSecret is { } wrong && wrong != faults.SigningSecretOverride is not null)
        {
            faults.SigningSecretOverride = wrong ? EmulatorSettings.RandomText(43) : null;
        }

        core.Changes.Notify();
        await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, Switches(core));
    }

    /// <summary>Sends what was held, in the order in which it was made, and holds nothing from then on.</summary>
    public static async Task ReleaseAsync(HttpContext context, EmulatorCore core)
    {
        // A caller that goes away must not leave half of it held.
        var released = core.Faults.ReleaseWebhooksAsync(CancellationToken.None);
        core.Changes.Notify();
        await released.WaitAsync(context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static JsonObject Switches(EmulatorCore core) => new()
    {
        ["drop_webhooks"] = core.Faults.DropWebhooks,
        ["hold_webhooks"] = core.Faults.HoldWebhooks,
        ["sign_with_wrong_secret"] = core.Faults.SigningSecretOverride is not null,
        ["unavailable"] = core.Faults.Unavailable,
        ["hang_up"] = core.Faults.HangUp,
        ["answer_nonsense"] = core.Faults.AnswerNonsense,
        ["delay_seconds"] = core.Faults.Delay.TotalSeconds,
    };
}
