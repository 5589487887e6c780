using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BiometricTwoFactor.Emulator;

/// <summary>The multipart form of the stand-alone calls, checked as the provider checks it (contract 3).</summary>
internal sealed class ImageForm
{
    private const long FileLimit = 5 * 1024 * 1024;

    private static readonly string[] Truths = ["true", "t", "yes", "y", "on", "1"];

    private static readonly string[] Untruths = ["false", "f", "no", "n", "off", "0"];

    private static readonly string[] Extensions = ["tiff", "jpg", "jpeg", "png", "webp"];

    /// <summary>Faces do not belong into temporary files.</summary>
    public static FormOptions InMemory { get; } = new()
    {
        MemoryBufferThreshold = int.MaxValue,
        BufferBody = false,
    };

    private readonly IFormCollection _form;

    private ImageForm(IFormCollection form) => _form = form;

    /// <summary>Field by field, the provider's array of texts. Empty when all is well.</summary>
    public JsonObject Errors { get; } = [];

    /// <summary>Reads the form; answers 400 or 415 itself and returns null when it is none.</summary>
    public static async Task<ImageForm?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status415UnsupportedMediaType, "Unsupported media type in request.");
            return null;
        }

        try
        {
            return new ImageForm(await context.Request.ReadFormAsync(InMemory, context.RequestAborted));
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or IOException and not BadHttpRequestException)
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status400BadRequest, "Multipart form parse error.");
            return null;
        }
    }

    /// <summary>The file of that name; null, with an error noted, when it is missing, too large or of another kind.</summary>
    public IFormFile? Image(string name)
    {
        if (_form.Files.GetFile(name) is not { } file)
        {
            Errors[name] = new JsonArray("No file was submitted.");
            return null;
        }

        // By the name's extension, as the provider does: a part without a file name fails.
        var extension = Path.GetExtension(file.FileName).TrimStart('.');
        if (!Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            Errors[name] = new JsonArray($"File extension “{extension}” is not allowed. Allowed extensions are: {string.Join(", ", Extensions)}.");
            return null;
        }

        if (file.Length > FileLimit)
        {
            Errors[name] = new JsonArray("File size should not exceed 5 MB");
            return null;
        }

        return file;
    }

    /// <summary>A threshold from 0 to 100; 30 when it is not sent.</summary>
    public decimal Threshold(string name)
    {
        if (_form[name].ToString() is not { Length: > 0 } text)
        {
            return 30m;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            Errors[name] = new JsonArray("A valid number is required.");
        }
        else if (value is < 0 or > 100)
        {
            Errors[name] = new JsonArray(value < 0
                ? "Ensure this value is greater than or equal to 0."
                : "Ensure this value is less than or equal to 100.");
        }

        return value;
    }

    /// <summary>A truth value in one of the framework's spellings.</summary>
    public bool Boolean(string name, bool missing)
    {
        var text = _form[name].ToString().Trim();
        if (text.Length == 0)
        {
            return missing;
        }

        if (Truths.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!Untruths.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            Errors[name] = new JsonArray("Must be a valid boolean.");
        }

        return false;
    }

    /// <summary>The user; null, with an error noted, for a text that no database of the provider's would take.</summary>
    public string? VendorData()
    {
        if (_form["vendor_data"] is not [{ } text])
        {
            return null;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            Errors["vendor_data"] = new JsonArray("Null characters are not allowed.");
            return null;
        }

        return text;
    }

    /// <summary>An object as JSON in a text field; null, with an error noted, for anything else.</summary>
    public JsonObject? Metadata()
    {
        if (_form["metadata"] is not [{ Length: > 0 } text])
        {
            return null;
        }

        try
        {
            var node = JsonNode.Parse(text, documentOptions: ProviderJson.Strict);
            if (node is null)
            {
                return null;
            }

            if (node is JsonObject members && ProviderJson.IsSound(members))
            {
                return members;
            }
        }
        catch (JsonException)
        {
            // The same answer as to other JSON.
        }

        Errors["metadata"] = new JsonArray("Value must be a valid JSON object.");
        return null;
    }
}
