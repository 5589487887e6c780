using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Keeps the request that asked for a face, so that the browser comes back to it: a GET by its URL; forms, JSON and requests
/// without a body sealed with Data Protection, after their own antiforgery validation (<see cref="CrossSiteGuard"/> ran
/// before). What cannot be kept (files, unless they are allowed, other content, too large) leads back to the page it came from.
/// </summary>
internal sealed class OriginalRequests(
    IDataProtectionProvider protection,
    Tenants tenants)
{
    private const int LongestContentType = 200;

    private readonly IDataProtector _protector = protection.CreateProtector("BiometricTwoFactor.OriginalRequest.v1");

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

        return await ContentOfAsync(context).ConfigureAwait(false) is { } content
            ? new(MethodOf(request), url, _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(content, KeptContentJson.Default.KeptContent))) { BackUrl = LocalReferrer(context) }
            : new(HttpMethods.Get, LocalReferrer(context));
    }

    /// <summary>
    /// Lets a small body of a browser be read again after an endpoint bound it, where the question is asked only then: the
    /// face of a payment is asked for the bound object.
    /// </summary>
    public void KeepReadable(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is { } length && length > 0 && length <= tenants.Of(context).MaxSealedFormBytes
            && IsKeptMethod(request.Method) && request.HasJsonContentType() && !StepUpResponder.IsApi(context))
        {
            request.EnableBuffering();
        }
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

    /// <summary>Where somebody goes who does not go on: never the address of something that is only ever sent.</summary>
    public static string BackOf(OriginalRequest original)
    {
        var back = HttpMethods.IsGet(original.Method) ? original.LocalUrl : original.BackUrl;
        return LocalUrl.IsSafe(back) ? back! : "/";
    }

    /// <summary>What was sealed; null when nothing was, or the key that sealed it is gone.</summary>
    public KeptContent? Open(OriginalRequest original)
    {
        if (original.SealedContent is not { } bytes)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(bytes), KeptContentJson.Default.KeptContent);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private static bool IsKeptMethod(string method) =>
        HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method);

    /// <summary>The name as it is written: a browser's script sends "patch" as another method than "PATCH".</summary>
    private static string MethodOf(HttpRequest request) => HttpMethods.GetCanonicalizedValue(request.Method);

    private async Task<KeptContent?> ContentOfAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsKeptMethod(request.Method) || request.Headers.ContentEncoding.Count > 0)
        {
            return null;
        }

        try
        {
            return request.HasFormContentType
                ? await OfFormAsync(context).ConfigureAwait(false)
                : await OfBodyAsync(context).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            return null; // not the form that it says to be
        }
    }

    private async Task<KeptContent?> OfFormAsync(HttpContext context)
    {
        var request = context.Request;
        var form = await request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        // The old token must not travel on: the resumed page carries a new one.
        var fields = FormFields.Of(context, form);
        var isMultipart = !FormFields.IsUrlEncoded(request);
        if (fields.Sum(field => (long)Encoding.UTF8.GetByteCount(field.Key) + Encoding.UTF8.GetByteCount(field.Value)) > tenants.Of(context).MaxSealedFormBytes)
        {
            return null;
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            // A page's form only ever posts: another method comes from a script, and goes back by one.
            return isMultipart
                ? null
                : new KeptContent { Body = await FormFields.EncodeAsync(fields, context.RequestAborted).ConfigureAwait(false), ContentType = FormFields.UrlEncoded };
        }

        return await FilesOfAsync(context, form).ConfigureAwait(false) is { } files
            ? new KeptContent { Fields = fields, IsMultipart = isMultipart, Files = files }
            : null;
    }

    private async Task<List<KeptFile>?> FilesOfAsync(HttpContext context, IFormCollection form)
    {
        if (form.Files.Count == 0)
        {
            return [];
        }

        var current = tenants.Of(context);
        if (!current.AllowSealedFiles || form.Files.Sum(file => file.Length) > current.MaxSealedFilesBytes)
        {
            return null;
        }

        List<KeptFile> files = [];
        foreach (var file in form.Files)
        {
            using var copy = new MemoryStream((int)file.Length);
            await file.CopyToAsync(copy, context.RequestAborted).ConfigureAwait(false);
            files.Add(new KeptFile { Field = file.Name, Name = file.FileName, Type = FormFields.FileType(file), Content = copy.ToArray() });
        }

        return files;
    }

    /// <summary>JSON, or nothing at all: other content is not kept.</summary>
    private async Task<KeptContent?> OfBodyAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength == 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return new KeptContent();
        }

        if (!request.HasJsonContentType() || request.ContentType is not { Length: <= LongestContentType } type || !request.Body.CanSeek)
        {
            return null;
        }

        var limit = tenants.Of(context).MaxSealedFormBytes;
        request.Body.Position = 0;
        using var body = new PooledBody((int)Math.Min(request.ContentLength ?? 4096, limit));
        while (body.Length <= limit && await request.Body.ReadAsync(body.Free(limit + 1), context.RequestAborted).ConfigureAwait(false) is > 0 and var read)
        {
            body.Length += read;
        }

        return body.Length <= limit ? new KeptContent { Body = body.Written.ToArray(), ContentType = type } : null;
    }
}
