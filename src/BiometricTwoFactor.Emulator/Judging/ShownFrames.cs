using BiometricTwoFactor.ReferenceMatcher;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>What was held before the camera: one picture, or the frames of a turn of the head. Disposing zeroes them.</summary>
/// <param name="all">In order; at least one. The first is towards the camera.</param>
/// <param name="asked">The turn that was asked for; null where none was.</param>
internal sealed class ShownFrames(IReadOnlyList<HeldPicture> all, HeadTurn? asked = null) : IDisposable
{
    public IReadOnlyList<HeldPicture> All => all;

    /// <summary>The frame that is compared.</summary>
    public HeldPicture Frontal => all[0];

    public HeadTurn? Asked => asked;

    public static async Task<ShownFrames> ReadAsync(IReadOnlyList<IFormFile> files, HeadTurn? asked, CancellationToken cancellationToken)
    {
        var frames = new List<HeldPicture>(files.Count);
        try
        {
            foreach (var file in files)
            {
                frames.Add(await HeldPicture.ReadAsync(file, cancellationToken));
            }

            return new ShownFrames(frames, asked);
        }
        catch
        {
            frames.ForEach(frame => frame.Dispose());
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var frame in all)
        {
            frame.Dispose();
        }
    }
}
