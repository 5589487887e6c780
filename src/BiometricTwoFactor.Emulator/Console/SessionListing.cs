using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary><c>GET /emulator/api/sessions</c>: newest first, filtered by <c>status</c>, <c>user</c>, <c>search</c> and <c>deleted</c>, in pages.</summary>
internal static class SessionListing
{
    public static async Task HandleAsync(HttpContext context, EmulatorCore core, ConsoleDeliveries deliveries)
    {
        var query = context.Request.Query;
        string? status = query["status"], user = query["user"], search = query["search"];
        var withDeleted = query["deleted"] == "true";
        var sent = deliveries.NewestFirst().ToLookup(delivery => delivery.SessionId.ToString(), StringComparer.Ordinal);
        JsonObject answer;
        lock (core.Store.Gate)
        {
            var found = new List<SessionRecord>();
            var statuses = new SortedDictionary<string, int>(StringComparer.Ordinal);
            for (var i = core.Store.All.Count - 1; i >= 0; i--)
            {
                var session = core.Store.All[i];
                if (!session.IsDeleted)
                {
                    core.Flow.EndOverdue(session);
                }

                if ((session.IsDeleted && !withDeleted)
                    || (user is not null && !string.Equals(user, session.VendorData, StringComparison.Ordinal))
                    || !Matches(search, session))
                {
                    continue;
                }

                var text = session.Status.ToWire();
                statuses[text] = statuses.GetValueOrDefault(text) + 1;
                if (string.IsNullOrEmpty(status) || status.Split(',').Contains(text, StringComparer.Ordinal))
                {
                    found.Add(session);
                }
            }

            answer = ConsolePaging.Of(context).Answer(found, session => SessionView.Row(session, [.. sent[session.Id]]));
            answer["now"] = DecisionDocument.Iso(core.Settings.Clock.GetUtcNow());
            // How many each status has before the filter by status: what the page writes on its filters.
            answer["statuses"] = new JsonObject([.. statuses.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))]);
        }

        await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, answer);
    }

    private static bool Matches(string? search, SessionRecord session) =>
        string.IsNullOrEmpty(search)
        || session.Id.StartsWith(search, StringComparison.OrdinalIgnoreCase)
        || string.Equals($"#{session.Number}", search, StringComparison.Ordinal)
        || session.Workflow.DisplayName.Contains(search, StringComparison.OrdinalIgnoreCase)
        || (session.VendorData?.Contains(search, StringComparison.OrdinalIgnoreCase) ?? false);
}
