using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Keeps the request that asked for a face, so that the browser comes back to it: a GET by its URL, a form sealed with Data
/// Protection after its own antiforgery validation (<see cref="CrossSiteGuard"/> ran before). What cannot be kept (files,
/// other bodies, too large) leads back to the page it came from.
/// </summary>
internal sealed partial class OriginalRequests(
    IDataProtectionProvider protection,
    IOptionsMonitor<BiometricStepUpOptions> options)
{
    private readonly IDataProtector _protector = protection.CreateProtector("BiometricTwoFactor.OriginalForm.v1");

    public async Task<OriginalRequest> OfBrowserAsync(HttpContext context)
    {
        var request = context.Request;
        var url = request.GetEncodedPathAndQuery();
        if (!LocalUrl.IsSafe(url))
        {
            return new(HttpMethods.Get, "/");
        }

        if (HttpMethods.IsGet(request.Method))
        {
            return new(HttpMethods.Get, url);
        }

        var sealedForm = HttpMethods.IsPost(request.Method) && FormFields.IsPlainForm(request) ? await SealAsync(context).ConfigureAwait(false) : null;
        return sealedForm is null
            ? new(HttpMethods.Get, LocalReferrer(context))
            : new(HttpMethods.Post, url, sealedForm) { BackUrl = LocalReferrer(context) };
    }

    /// <summary>The page that the request came from, if it is one of ours.</summary>
    public static string LocalReferrer(HttpContext context)
    {
        var request = context.Request;
        return request.Headers.Referer is [{ } text]
            && Uri.TryCreate(text, UriKind.Absolute, out var referrer)
            && string.Equals(referrer.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            && LocalUrl.IsSafe(referrer.PathAndQuery)
                ? referrer.PathAndQuery
                : "/";
    }

    /// <summary>The form's fields; null when there are none, or the key that sealed them is gone.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Open(OriginalRequest original)
    {
        if (original.SealedForm is not { } bytes)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(bytes), FormJson.Default.ListKeyValuePairStringString);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task<byte[]?> SealAsync(HttpContext context)
    {
        // The old token must not travel on: the resumed page carries a new one.
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var fields = FormFields.Of(context, form);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(fields, FormJson.Default.ListKeyValuePairStringString);
        return bytes.Length <= options.CurrentValue.MaxSealedFormBytes ? _protector.Protect(bytes) : null;
    }

    [JsonSerializable(typeof(List<KeyValuePair<string, string>>))]
    private sealed partial class FormJson : JsonSerializerContext;
}
