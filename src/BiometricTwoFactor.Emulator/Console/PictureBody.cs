using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>A picture that is a request's whole body. In memory only.</summary>
internal static class PictureBody
{
    private const int Limit = PageForm.PictureLimit;

    public static bool IsOne(HttpContext context) =>
        context.Request.ContentType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>Reads it; on failure answers 400 or 413 itself and returns null.</summary>
    public static async Task<HeldPicture?> ReadAsync(HttpContext context)
    {
        using var bytes = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0;)
        {
            if (bytes.Length + read > Limit)
            {
                await ApiErrors.DetailAsync(context, StatusCodes.Status413PayloadTooLarge, $"The picture is too large: at most {Limit / 1024 / 1024} MB are taken.");
                return null;
            }

            bytes.Write(chunk, 0, read);
        }

        var picture = new HeldPicture(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        if (ImageFormat.IsKnown(picture.Bytes))
        {
            return picture;
        }

        picture.Dispose();
        await ApiErrors.DetailAsync(context, StatusCodes.Status400BadRequest, "The body begins like no picture.");
        return null;
    }
}
