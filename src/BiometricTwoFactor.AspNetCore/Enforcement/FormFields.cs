using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The parts of a form that are the user's own: without the antiforgery token and our own field, which change with each page.</summary>
internal static class FormFields
{
    /// <summary>The type of a form without files.</summary>
    public const string UrlEncoded = "application/x-www-form-urlencoded";

    /// <summary>What a browser sends for a file whose type it does not know.</summary>
    public const string UnknownFileType = "application/octet-stream";

    public static List<KeyValuePair<string, string>> Of(HttpContext context, IFormCollection form)
    {
        var token = context.RequestServices.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.FormFieldName;
        return form
            .Where(field => !string.Equals(field.Key, token, StringComparison.Ordinal) && !string.Equals(field.Key, StepUpGate.ChallengeField, StringComparison.Ordinal))
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))
            .ToList();
    }

    public static bool IsUrlEncoded(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(UrlEncoded, StringComparison.OrdinalIgnoreCase);

    /// <summary>Fields as a form without files writes them.</summary>
    public static async Task<byte[]> EncodeAsync(List<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    public static string FileType(IFormFile file) => string.IsNullOrEmpty(file.ContentType) ? UnknownFileType : file.ContentType;

    /// <summary>
    /// One hash over the fields, and over name, type and content of every file. Says what it is, so that no body of another
    /// kind has the same. Empty for a form that holds nothing but a token: by whatever method it comes back, that is no body.
    /// </summary>
    public static async Task<string> HashAsync(HttpContext context, IFormCollection form)
    {
        var fields = Of(context, form);
        if (fields.Count == 0 && form.Files.Count == 0)
        {
            return "";
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, fields.Count);
        foreach (var (name, value) in fields)
        {
            Append(hash, name);
            Append(hash, WithPlainLineEnds(value));
        }

        foreach (var file in form.Files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            Append(hash, file.Name);
            Append(hash, file.FileName);
            Append(hash, FileType(file));
            var content = file.OpenReadStream();
            await using (content.ConfigureAwait(false))
            {
                Append(hash, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, context.RequestAborted).ConfigureAwait(false)));
            }
        }

        return "form:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A browser writes every end of a line as CR LF when it sends a form, however the page's script had written it.</summary>
    private static string WithPlainLineEnds(string value) =>
        value.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
