using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>The control API's view of the webhooks: what was sent, and once more.</summary>
internal static class DeliveryControl
{
    /// <summary>Newest first; <c>session_id</c> and <c>outcome</c> filter.</summary>
    public static Task ListAsync(HttpContext context, ConsoleDeliveries deliveries)
    {
        string? session = context.Request.Query["session_id"], outcome = context.Request.Query["outcome"];
        List<WebhookDelivery> found =
        [
            .. deliveries.NewestFirst().Where(delivery =>
                (session is null || delivery.SessionId.ToString() == session)
                && (string.IsNullOrEmpty(outcome) || outcome.Split(',').Contains(DeliveryView.Outcome(delivery.Outcome), StringComparer.Ordinal))),
        ];
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
            return;
        }

        WebhookDelivery sent;
        try
        {
            sent = await deliveries.ReplayAsync(delivery, context.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status400BadRequest, "There is no webhook address to deliver to: its destination is disabled or gone.");
            return;
        }

        await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, DeliveryView.Detail(sent, deliveries));
    }

    private static WebhookDelivery? Find(HttpContext context, ConsoleDeliveries deliveries) =>
        ApiGuard.RouteUuid(context) is { } id ? deliveries.Find(id) : null;

    private static Task NotFoundAsync(HttpContext context) => ApiErrors.DetailAsync(context, StatusCodes.Status404NotFound, "Not found.");
}
