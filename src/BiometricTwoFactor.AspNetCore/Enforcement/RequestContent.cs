using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Reads the body that an endpoint is about to receive, without taking it away (protocol 7.2): what the face approves is
/// what was sent, and one changed byte of it is another action. A form counts by its fields and files, since a browser
/// writes the same form with another boundary each time; anything else counts by its bytes.
/// </summary>
internal static class RequestContent
{
    private static readonly object ReadingKey = new();

    /// <summary>Reads it once for each request: later it may be gone, taken by the endpoint.</summary>
    public static async Task<ContentReading> ReadAsync(HttpContext context, long limit)
    {
        if (context.Items[ReadingKey] is ContentReading known)
        {
            return known;
        }

        ContentReading reading;
        try
        {
            reading = await HashAsync(context, limit).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            reading = ContentReading.Unreadable; // what the framework itself cannot take for a form, or not for one within its limits
        }

        context.Items[ReadingKey] = reading;
        return reading;
    }

    private static async Task<ContentReading> HashAsync(HttpContext context, long limit)
    {
        var request = context.Request;
        if (request.ContentLength > limit)
        {
            return ContentReading.TooLarge;
        }

        if (context.Features.Get<IFormFeature>() is { Form: { } read })
        {
            // Read before us, by antiforgery mostly: its length was perhaps not announced, but it is known now.
            return LengthOf(read) > limit ? ContentReading.TooLarge : await OfFormAsync(context, read).ConfigureAwait(false);
        }

        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return ContentReading.Empty;
        }

        request.EnableBuffering();
        // From its beginning, although somebody may have read of it: whoever comes after us can begin there, too.
        var start = request.Body.Position;
        request.Body.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = await AppendAsync(hash, request.Body, limit, context.RequestAborted).ConfigureAwait(false);
        request.Body.Position = request.HasFormContentType ? 0 : start;
        if (length > limit)
        {
            return ContentReading.TooLarge;
        }

        if (length == 0)
        {
            return ContentReading.Empty;
        }

        if (request.HasFormContentType)
        {
            return await OfFormAsync(context, await ParseAsync(request, context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
        }

        // How the bytes are to be read is part of what they say.
        hash.AppendData(Encoding.UTF8.GetBytes($"\n{request.ContentType}\n{request.Headers.ContentEncoding}\n{length}"));
        return ContentReading.Of("body:" + Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>
    /// What counts is the form, and so the form is all that the endpoint gets. Who reads the bytes themselves, and takes them for
    /// something else, could find in them what no hash covers: they read the fields as they were hashed, or nothing.
    /// </summary>
    private static async Task<ContentReading> OfFormAsync(HttpContext context, IFormCollection form)
    {
        var reading = ContentReading.Of(await FormFields.HashAsync(context, form).ConfigureAwait(false));
        var request = context.Request;
        if (!FormFields.IsUrlEncoded(request))
        {
            request.Body = Stream.Null;
            return reading;
        }

        var fields = await FormFields.EncodeAsync(FormFields.Of(context, form), context.RequestAborted).ConfigureAwait(false);
        request.Body = new MemoryStream(fields, writable: false);
        request.ContentLength = fields.Length;
        return reading;
    }

    private static async Task<IFormCollection> ParseAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException unfinished)
        {
            // All of it is here already: what ends too early is the form, not the connection.
            throw new InvalidDataException("The form ends before its end.", unfinished);
        }
    }

    /// <summary>Reads to the end, or at most a little beyond the limit; the length that was read.</summary>
    private static async Task<long> AppendAsync(IncrementalHash hash, Stream body, long limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        long length = 0;
        while (length <= limit && await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            length += read;
        }

        return length;
    }

    private static long LengthOf(IFormCollection form) =>
        form.Sum(field => field.Key.Length + field.Value.Sum(value => (long)(value?.Length ?? 0))) + form.Files.Sum(file => file.Length);
}

/// <summary>What a request brought: a hash over it, nothing, or more than a face may approve.</summary>
/// <param name="Hash">The hash with the kind of content; empty for a request without a body, or one that is refused.</param>
/// <param name="Refusal">Why it is refused; null when it is not.</param>
internal sealed record ContentReading(string Hash, PendingCause? Refusal)
{
    public static ContentReading Empty { get; } = new("", Refusal: null);

    public static ContentReading TooLarge { get; } = new("", PendingCause.TooLarge);

    public static ContentReading Unreadable { get; } = new("", PendingCause.Unreadable);

    public static ContentReading Of(string hash) => new(hash, Refusal: null);
}
