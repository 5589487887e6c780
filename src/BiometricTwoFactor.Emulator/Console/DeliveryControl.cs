using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>The control API's view of the webhooks: what was sent, and once more.</summary>
internal static class DeliveryControl
{
    /// <summary>Newest first; <c>session_id</c> and <c>outcome</c> filter.</summary>
    public static Task ListAsync(HttpContext context, ConsoleDeliveries deliveries)
    {
        string? session = context.Request.Query["session_id"], outcome = context.Request.Query["outcome"];
        var found = deliveries.NewestFirst();
        found.RemoveAll(numbered =>
            (session is not null && numbered.Delivery.SessionId.ToString() != session)
            || (!string.IsNullOrEmpty(outcome) && !outcome.Split(',').Contains(DeliveryView.Outcome(numbered.Delivery.Outcome), StringComparer.Ordinal)));
        return ProviderJson.WriteAsync(context, StatusCodes.Status200OK, ConsolePaging.Of(context).Answer(found, DeliveryView.Row));
    }

    public static Task ShowAsync(HttpContext context, ConsoleDeliveries deliveries) =>
        Find(context, deliveries) is { } delivery
            ? ProviderJson.WriteAsync(context, StatusCodes.Status200OK, DeliveryView.Detail(delivery, deliveries))
            : NotFoundAsync(context);

    /// <summary>Answers with the new delivery, when the receiver has answered or not.</summary>
    public static async Task ReplayAsync(HttpContext context, ConsoleDeliveries deliveries)
    {
        if (Find(context, deliveries) is not { } delivery)
        {
            await NotFoundAsync(context);
        }
        else if (!deliveries.CanReplay)
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status400BadRequest, "There is no webhook address to deliver to.");
        }
        else
        {
            var sent = await deliveries.ReplayAsync(delivery, context.RequestAborted);
            await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, DeliveryView.Detail(sent, deliveries));
        }
    }

    private static ConsoleDeliveries.Numbered? Find(HttpContext context, ConsoleDeliveries deliveries) =>
        int.TryParse(context.Request.RouteValues["number"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? deliveries.Find(id)
            : null;

    private static Task NotFoundAsync(HttpContext context) => ApiErrors.DetailAsync(context, StatusCodes.Status404NotFound, "Not found.");
}
