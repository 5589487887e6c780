using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>What the hosted page's forms send: a chosen scenario, or a picture.</summary>
/// <param name="Scenario">The choice; empty when there is none.</param>
/// <param name="Picture">The picture; null when none was chosen.</param>
/// <param name="IsOfPicture">The picture's form was sent, with or without a picture.</param>
/// <param name="IsTooLarge">More was sent than is read.</param>
internal sealed record PageForm(string Scenario, IFormFile? Picture, bool IsOfPicture, bool IsTooLarge = false)
{
    public const string PictureField = "selfie";

    /// <summary>A phone's photograph is about half of that.</summary>
    public const int PictureLimit = 10 * 1024 * 1024;

    /// <summary>Reads it, in memory only. What is no form is one without a choice.</summary>
    public static async Task<PageForm> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return new PageForm("", null, false);
        }

        try
        {
            var form = await context.Request.ReadFormAsync(ImageForm.InMemory, context.RequestAborted);
            var file = form.Files.GetFile(PictureField);
            return new PageForm(
                form["scenario"].ToString(),
                file is { Length: > 0 } ? file : null,
                file is not null || form.ContainsKey(PictureField),
                file?.Length > PictureLimit);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new PageForm("", null, true, IsTooLarge: true);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return new PageForm("", null, false);
        }
    }
}
