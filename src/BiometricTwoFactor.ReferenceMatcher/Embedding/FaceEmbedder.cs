using System.Collections.Concurrent;
using BiometricTwoFactor.ReferenceMatcher.Imaging;
using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Embedding;

/// <summary>Makes 128 numbers of a face.</summary>
/// <param name="network">The network.</param>
/// <param name="mirrored">Averages the face with its mirror image.</param>
internal sealed class FaceEmbedder(FaceNetwork network, bool mirrored)
{
    private readonly ConcurrentBag<FaceWorkspace> _workspaces = [];

    /// <summary>Aligns and embeds.</summary>
    public void Embed(PicturePyramid pyramid, Similarity toPicture, Span<float> embedding)
    {
        var workspace = _workspaces.TryTake(out var used) ? used : new FaceWorkspace();
        try
        {
            FaceAligner.Fill(pyramid, toPicture, workspace.Input);
            network.Embed(workspace, embedding);
            if (mirrored)
            {
                AddMirrored(workspace, embedding);
            }
        }
        finally
        {
            workspace.Clear();
            _workspaces.Add(workspace);
        }
    }

    /// <summary>How sharp the aligned face is (<see cref="FaceQuality.Sharpness"/>).</summary>
    public float Sharpness(PicturePyramid pyramid, Similarity toPicture)
    {
        var workspace = _workspaces.TryTake(out var used) ? used : new FaceWorkspace();
        try
        {
            FaceAligner.Fill(pyramid, toPicture, workspace.Input);
            return FaceQualityMeter.Sharpness(workspace.Input);
        }
        finally
        {
            workspace.Input.Clear();
            _workspaces.Add(workspace);
        }
    }

    private void AddMirrored(FaceWorkspace workspace, Span<float> embedding)
    {
        FaceMirror.Flip(workspace.Input);
        Span<float> other = stackalloc float[FaceTemplate.Length];
        network.Embed(workspace, other);
        for (var i = 0; i < embedding.Length; i++)
        {
            embedding[i] = (embedding[i] + other[i]) / 2;
        }

        other.Clear();
    }
}
