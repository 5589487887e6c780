using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// Users, their stored faces and blocks through the control API. The user is the query's <c>vendor_data</c>: any text,
/// slashes included, which a path could not carry.
/// </summary>
internal static class UserControl
{
    public static Task ListAsync(HttpContext context, EmulatorCore core)
    {
        JsonObject answer;
        lock (core.Store.Gate)
        {
            List<string> users = [.. core.Store.UsersAndBlocked().Order(StringComparer.Ordinal)];
            answer = ConsolePaging.Of(context).Answer(users, user => View(core.Store, user));
        }

        return ProviderJson.WriteAsync(context, StatusCodes.Status200OK, answer);
    }

    /// <summary>With a picture as the body, or without one: enough for scenarios.</summary>
    public static async Task StoreFaceAsync(HttpContext context, EmulatorCore core)
    {
        if (await UserAsync(context) is not { } user)
        {
            return;
        }

        HeldPicture? picture = null;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false })
        {
            if (!PictureBody.IsOne(context))
            {
                await ApiErrors.DetailAsync(context, StatusCodes.Status415UnsupportedMediaType, "Unsupported media type in request. Send the picture itself, as image/jpeg or image/png.");
                return;
            }

            picture = await PictureBody.ReadAsync(context);
            if (picture is null)
            {
                return;
            }
        }

        await ChangeAsync(context, core, user, () => core.Store.StoreFace(user, picture));
    }

    public static async Task ForgetFaceAsync(HttpContext context, EmulatorCore core)
    {
        if (await UserAsync(context) is { } user)
        {
            await ChangeAsync(context, core, user, () => core.Store.ForgetFace(user));
        }
    }

    public static async Task BlockAsync(HttpContext context, EmulatorCore core, bool blocked)
    {
        if (await UserAsync(context) is { } user)
        {
            await ChangeAsync(context, core, user, () => core.Store.SetBlocked(user, blocked));
        }
    }

    private static async Task<string?> UserAsync(HttpContext context)
    {
        if (context.Request.Query["vendor_data"] is [{ Length: > 0 } user])
        {
            return user;
        }

        await ApiErrors.FieldAsync(context, "vendor_data", "This field is required.");
        return null;
    }

    private static Task ChangeAsync(HttpContext context, EmulatorCore core, string user, Action change)
    {
        JsonObject view;
        lock (core.Store.Gate)
        {
            change();
            view = View(core.Store, user);
        }

        core.Changes.Notify();
        return ProviderJson.WriteAsync(context, StatusCodes.Status200OK, view);
    }

    private static JsonObject View(SessionStore store, string user) => new()
    {
        ["vendor_data"] = user,
        ["sessions"] = store.CountSessions(user),
        ["has_face"] = store.HasFace(user),
        ["has_picture"] = store.HasFacePicture(user),
        ["is_blocked"] = store.IsBlocked(user),
    };
}
