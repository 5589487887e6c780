using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// What the control API does with one session: what <see cref="BiometricEmulator"/> offers in process. A call that sends a
/// webhook ends when it has been tried once; <c>"wait": false</c> ends it at once.
/// </summary>
internal static class SessionControl
{
    public static async Task ShowAsync(HttpContext context, EmulatorCore core, ConsoleDeliveries deliveries)
    {
        if (Id(context) is not { } id)
        {
            await NotFoundAsync(context);
            return;
        }

        _ = core.Find(id); // ends what is overdue
        List<WebhookDelivery> sent = [.. deliveries.NewestFirst().Where(delivery => delivery.SessionId.ToString() == id)];
        JsonObject? view;
        lock (core.Store.Gate)
        {
            view = core.Store.FindEvenDeleted(id) is { } session ? SessionView.Detail(session, sent, core) : null;
        }

        await (view is null ? NotFoundAsync(context) : ProviderJson.WriteAsync(context, StatusCodes.Status200OK, view));
    }

    /// <summary>A captured picture, while it is held: the frames of the latest capture by their number from 0, or the face that is kept.</summary>
    public static async Task PictureAsync(HttpContext context, EmulatorCore core)
    {
        HeldPicture? picture = null;
        if (Id(context) is { } id && int.TryParse((string?)context.Request.RouteValues["number"] ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            lock (core.Store.Gate)
            {
                picture = core.Store.Find(id) is { } session ? SessionView.Pictures(session).ElementAtOrDefault(number)?.Copy() : null;
            }
        }

        if (picture is null)
        {
            await NotFoundAsync(context);
            return;
        }

        using (picture)
        {
            context.Response.ContentType = ImageFormat.MediaType(picture.Bytes);
            context.Response.ContentLength = picture.Bytes.Length;
            Write(context, picture);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        static void Write(HttpContext context, HeldPicture picture) =>
            System.Buffers.BuffersExtensions.Write(context.Response.BodyWriter, picture.Bytes);
    }

    public static async Task OpenAsync(HttpContext context, EmulatorCore core)
    {
        if (await FindAsync(context, core) is not { } session || await ControlBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        var wait = body.Flag("wait") ?? true;
        if (await body.IsRefusedAsync(context))
        {
            return;
        }

        Task? announced;
        lock (core.Store.Gate)
        {
            if (session.IsDeleted)
            {
                announced = null;
            }
            else if (session.Status != SessionStatus.NotStarted)
            {
                announced = Task.CompletedTask; // opened before, or over: looking at the page again changes nothing
            }
            else
            {
                announced = core.Flow.Open(session, CaptureDevice.Unknown);
            }
        }

        await (announced is null ? NotFoundAsync(context) : AnswerAsync(context, core, session, announced, wait));
    }

    /// <summary>By a scenario in JSON, or by a picture as the body.</summary>
    public static async Task CompleteAsync(HttpContext context, EmulatorCore core)
    {
        if (await FindAsync(context, core) is not { } session)
        {
            return;
        }

        if (PictureBody.IsOne(context))
        {
            using var picture = await PictureBody.ReadAsync(context);
            if (picture is not null)
            {
                await EndAsync(context, core, session, core.Pictures.Take(session, picture.Bytes, isLastTry: true).Completion, wait: true);
            }

            return;
        }

        if (await ControlBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        var scenario = body.Text("scenario");
        var wait = body.Flag("wait") ?? true;
        if (scenario is not null && !SandboxScenario.IsKnown(scenario))
        {
            body.Fail("scenario", $"Must be one of: {string.Join(", ", SandboxScenario.All)}.");
        }

        if (!await body.IsRefusedAsync(context))
        {
            await EndAsync(context, core, session, core.Flow.Complete(session, scenario), wait);
        }
    }

    public static async Task ReviewAsync(HttpContext context, EmulatorCore core)
    {
        if (await FindAsync(context, core) is not { } session || await ControlBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        var approved = body.RequiredFlag("approved");
        var comment = body.Text("comment");
        var wait = body.Flag("wait") ?? true;
        if (await body.IsRefusedAsync(context))
        {
            return;
        }

        var target = approved ? SessionStatus.Approved : SessionStatus.Declined;
        Task? announced = null;
        lock (core.Store.Gate)
        {
            if (!session.IsDeleted && UpdateStatusEndpoint.CanUpdate(session.Status) && session.Status != target)
            {
                announced = core.Flow.Review(session, target, comment);
            }
        }

        await (announced is null
            ? RefuseAsync(context, core, session, $"it cannot become {target.ToWire()}")
            : AnswerAsync(context, core, session, announced, wait));
    }

    public static async Task AgeAsync(HttpContext context, EmulatorCore core)
    {
        if (await FindAsync(context, core) is not { } session || await ControlBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        var wait = body.Flag("wait") ?? true;
        if (await body.IsRefusedAsync(context))
        {
            return;
        }

        Task? announced = null;
        lock (core.Store.Gate)
        {
            if (session is { IsDeleted: false, Status: SessionStatus.Approved })
            {
                announced = core.Flow.Age(session);
            }
        }

        await (announced is null
            ? RefuseAsync(context, core, session, "only an approved one ages")
            : AnswerAsync(context, core, session, announced, wait));
    }

    public static async Task DeleteAsync(HttpContext context, EmulatorCore core)
    {
        if (await FindAsync(context, core) is { } session)
        {
            core.Flow.Delete(session);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private static string? Id(HttpContext context) => ApiGuard.RouteUuid(context);

    private static async Task<SessionRecord?> FindAsync(HttpContext context, EmulatorCore core)
    {
        var session = Id(context) is { } id ? core.Find(id) : null;
        if (session is null)
        {
            await NotFoundAsync(context);
        }

        return session;
    }

    private static Task NotFoundAsync(HttpContext context) => ApiErrors.DetailAsync(context, StatusCodes.Status404NotFound, "Not found.");

    private static Task EndAsync(HttpContext context, EmulatorCore core, SessionRecord session, SessionFlow.Completion? completion, bool wait) =>
        completion is null
            ? RefuseAsync(context, core, session, "it cannot be finished again")
            : AnswerAsync(context, core, session, completion.Announced, wait, completion.Callback);

    private static Task RefuseAsync(HttpContext context, EmulatorCore core, SessionRecord session, string why)
    {
        var now = core.Snapshot(session);
        return now.IsDeleted
            ? NotFoundAsync(context) // while the body arrived
            : ApiErrors.DetailAsync(context, StatusCodes.Status400BadRequest, $"The session is {now.Status.ToWire()}: {why}.");
    }

    private static async Task AnswerAsync(
        HttpContext context, EmulatorCore core, SessionRecord session, Task announced, bool wait, string? callback = null)
    {
        if (wait)
        {
            await announced.WaitAsync(context.RequestAborted);
        }

        await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["session_id"] = session.Id,
            ["status"] = core.Snapshot(session).Status.ToWire(),
            ["callback"] = callback,
        });
    }
}
