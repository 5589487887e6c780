using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>What the hosted page sends: a chosen scenario, a picture, the wish to leave, or the camera's frames.</summary>
/// <param name="Scenario">The choice; empty when there is none.</param>
/// <param name="Picture">The picture; null when none was chosen.</param>
/// <param name="Frames">The camera's frames, in order.</param>
/// <param name="Leaves">The person leaves.</param>
/// <param name="IsOfPicture">The picture's form was sent, with or without a picture.</param>
/// <param name="IsTooLarge">More was sent than is read.</param>
internal sealed record PageForm(
    string Scenario, IFormFile? Picture, IReadOnlyList<IFormFile> Frames, bool Leaves = false, bool IsOfPicture = false, bool IsTooLarge = false)
{
    public const string PictureField = "selfie";
    public const string FrameField = "frame";
    public const string LeaveField = "leave";

    /// <summary>A phone's photograph is about half of that.</summary>
    public const int PictureLimit = 10 * 1024 * 1024;

    /// <summary>More frames than a turn needs; each costs its decoding.</summary>
    public const int FrameLimit = 40;

    private static readonly PageForm Nothing = new("", null, []);

    /// <summary>Reads it, in memory only. What is no form is one without a choice.</summary>
    public static async Task<PageForm> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Nothing;
        }

        try
        {
            var form = await context.Request.ReadFormAsync(ImageForm.InMemory, context.RequestAborted);
            var file = form.Files.GetFile(PictureField);
            var frames = form.Files.GetFiles(FrameField);
            return new PageForm(
                form["scenario"].ToString(),
                file is { Length: > 0 } ? file : null,
                [.. frames.Where(frame => frame.Length > 0)],
                form.ContainsKey(LeaveField),
                file is not null || form.ContainsKey(PictureField),
                file?.Length > PictureLimit || frames.Count > FrameLimit);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Nothing with { IsOfPicture = true, IsTooLarge = true };
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or IOException and not BadHttpRequestException)
        {
            return Nothing;
        }
    }
}
