using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary><c>/v3/sessions/{id}/reviews/</c> (contract 6): a session's audit trail. A note of a status moves nothing.</summary>
internal static class ReviewsEndpoint
{
    private const int LongestComment = 10_000;

    public static async Task ListAsync(HttpContext context, EmulatorCore core)
    {
        if (await ApiGuard.RequireSessionAsync(context, core) is not { } session)
        {
            return;
        }

        JsonArray trail;
        lock (core.Store.Gate)
        {
            trail = [.. session.Reviews.Select(review => (JsonNode)DecisionEvents.Activity(review))];
        }

        await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, trail);
    }

    public static async Task AddAsync(HttpContext context, EmulatorCore core)
    {
        if (await ApiGuard.RequireSessionAsync(context, core) is not { } session
            || await ProviderJson.ReadObjectAsync(context) is not { } body)
        {
            return;
        }

        var status = SessionStatusText.Parse(PersonDetails.Text(body, "new_status") ?? "");
        if (status is not (SessionStatus.Approved or SessionStatus.Declined or SessionStatus.InReview))
        {
            await ApiErrors.FieldAsync(
                context,
                "new_status",
                body["new_status"] is null ? "This field is required." : $"\"{PersonDetails.Text(body, "new_status") ?? "?"}\" is not a valid choice.");
            return;
        }

        var comment = PersonDetails.Text(body, "comment");
        if (body["comment"] is not null && comment is null or { Length: > LongestComment })
        {
            await ApiErrors.FieldAsync(context, "comment", comment is null ? "Not a valid string." : "Ensure this field has no more than 10000 characters.");
            return;
        }

        JsonObject added;
        lock (core.Store.Gate)
        {
            var review = new SessionRecord.Review(status, comment, core.Settings.Clock.GetUtcNow()) { Previous = session.Status };
            session.Reviews.Add(review);
            core.Flow.Note(session, "review_added", status.ToWire());
            added = DecisionEvents.Activity(review);
        }

        await ProviderJson.WriteAsync(context, StatusCodes.Status201Created, added);
    }
}
