using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>Signing the page in, where more people reach it than the developer. Its own page may call it before it is signed in.</summary>
internal static class SignInControl
{
    public static Task ShowAsync(HttpContext context, ConsoleAccess access) => ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
    {
        ["needs_sign_in"] = access.NeedsSignIn,
        ["may_use"] = access.Allows(context),
    });

    public static async Task SignInAsync(HttpContext context, ConsoleAccess access)
    {
        if (await ControlBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        var key = body.Text("api_key");
        if (await body.IsRefusedAsync(context))
        {
            return;
        }

        if (key is null || !access.SignIn(context, key))
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status403Forbidden, "That is not this emulator's API key.");
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public static Task SignOutAsync(HttpContext context, ConsoleAccess access)
    {
        access.SignOut(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
