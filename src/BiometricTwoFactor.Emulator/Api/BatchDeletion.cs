using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>Deletes many at once (contract 6): sessions softly, users for good. Neither is announced.</summary>
internal static class BatchDeletion
{
    /// <summary><c>POST /v3/sessions/delete/</c>. Numbers that are not there are passed over.</summary>
    public static async Task SessionsAsync(HttpContext context, EmulatorCore core)
    {
        if (await ReadAsync(context, core) is not { } body)
        {
            return;
        }

        var numbers = Items<int>(body, "session_numbers");
        if (await IsRefusedAsync(context, body, "session_numbers", numbers?.Count, "A valid integer is required."))
        {
            return;
        }

        lock (core.Store.Gate)
        {
            var wanted = numbers!.ToHashSet();
            foreach (var session in core.Store.All.Where(session => !session.IsDeleted && (IsAll(body) || wanted.Contains(session.Number))))
            {
                core.Flow.Delete(session);
            }
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary><c>POST /v3/users/delete/</c>.</summary>
    public static async Task UsersAsync(HttpContext context, EmulatorCore core)
    {
        if (await ReadAsync(context, core) is not { } body)
        {
            return;
        }

        var users = Items<string>(body, "vendor_data_list");
        if (await IsRefusedAsync(context, body, "vendor_data_list", users?.Count, "Not a valid string."))
        {
            return;
        }

        lock (core.Store.Gate)
        {
            foreach (var user in IsAll(body) ? core.Store.Users() : users!)
            {
                core.Store.DeleteUser(user);
            }
        }

        core.Changes.Notify(); // the state file must not keep them until something else happens

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<JsonObject?> ReadAsync(HttpContext context, EmulatorCore core) =>
        await ApiGuard.RequireKeyAsync(context, core.Settings, ApiErrors.NoPermission) ? await ProviderJson.ReadObjectAsync(context) : null;

    private static bool IsAll(JsonObject body) => body["delete_all"]?.GetValueKind() == JsonValueKind.True;

    private static async Task<bool> IsRefusedAsync(HttpContext context, JsonObject body, string name, int? count, string invalid)
    {
        if (body["delete_all"] is { } all && all.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            await ApiErrors.FieldAsync(context, "delete_all", "Must be a valid boolean.");
            return true;
        }

        if (count is null)
        {
            await ApiErrors.FieldAsync(context, name, body[name] is JsonArray ? invalid : "Expected a list of items.");
            return true;
        }

        if (count == 0 && !IsAll(body))
        {
            await ApiErrors.BareArrayAsync(context, $"Provide {name} or delete_all.");
            return true;
        }

        return false;
    }

    /// <summary>The list's items, none when it was not sent; null when it is no list of such.</summary>
    private static List<T>? Items<T>(JsonObject body, string name)
    {
        if (body[name] is not { } node)
        {
            return [];
        }

        var items = new List<T>();
        foreach (var item in node as JsonArray ?? [null])
        {
            if (item is not JsonValue value || !value.TryGetValue<T>(out var read))
            {
                return null;
            }

            items.Add(read);
        }

        return items;
    }
}
