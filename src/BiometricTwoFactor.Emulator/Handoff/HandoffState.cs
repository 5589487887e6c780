using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// <c>GET {page}/state</c>: what has become of the session. With <c>?seen=</c> and the <c>state</c> of an earlier answer
/// it waits for another one, though not for ever.
/// </summary>
internal static class HandoffState
{
    /// <summary>Below the time after which proxies give up.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    /// <summary>A word for all that the waiting page depends on. Called under the store's lock.</summary>
    public static string Of(SessionRecord session) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)session.Status}{(session.Devices.IsHandedOff ? "-away" : "")}");

    public static async Task TellAsync(HttpContext context, EmulatorCore core)
    {
        if (HostedPage.Find(context, core) is not { } session)
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status404NotFound, "Not found.");
            return;
        }

        var seen = context.Request.Query["seen"].ToString();
        using var limit = new CancellationTokenSource(LongestWait, core.Settings.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        while (true)
        {
            var version = core.Changes.Version;
            JsonObject answer;
            lock (core.Store.Gate)
            {
                var state = Of(session);
                answer = new JsonObject
                {
                    ["state"] = state,
                    ["status"] = session.Status.ToWire(),
                    ["handed_off"] = session.Devices.IsHandedOff,
                    ["finished"] = !session.IsUnfinished,
                };
                if (seen != state || session.IsDeleted)
                {
                    seen = "";
                }
            }

            if (seen.Length == 0 || limit.IsCancellationRequested)
            {
                context.Response.Headers.CacheControl = "no-store";
                await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, answer);
                return;
            }

            try
            {
                await core.Changes.WaitAsync(version, either.Token);
            }
            catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
            {
                // Nothing has changed for so long: the answer says the same as before.
            }
        }
    }
}
