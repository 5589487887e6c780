using System.Collections.Concurrent;
using BiometricTwoFactor.ReferenceMatcher.Imaging;

namespace BiometricTwoFactor.ReferenceMatcher.Detection;

/// <summary>Finds the faces of a picture, the one that stands out most first.</summary>
internal sealed class FaceDetector(DetectorNetwork network)
{
    /// <summary>A second look takes squares of this share of the shorter side.</summary>
    private const float TileShare = 0.75f;

    private const int MostTiles = 24;

    private readonly ConcurrentBag<DetectorWorkspace> _workspaces = [];

    /// <summary>In pixels of the pyramid's full picture.</summary>
    public IReadOnlyList<FaceDetection> Detect(PicturePyramid pyramid)
    {
        var workspace = _workspaces.TryTake(out var used) ? used : new DetectorWorkspace();
        try
        {
            var (width, height) = (pyramid.Full.Width, pyramid.Full.Height);
            List<FaceDetection> found = [];
            Look(pyramid, workspace, 0, 0, width, height, found);
            if (found.Count == 0)
            {
                // The network wants a face of a tenth of its view or more: look closer.
                foreach (var (x, y, side) in Tiles(width, height))
                {
                    Look(pyramid, workspace, x, y, side, side, found);
                }
            }

            return Prominence.Order(Suppression.Merge(found), width, height);
        }
        finally
        {
            workspace.Clear();
            _workspaces.Add(workspace);
        }
    }

    private void Look(PicturePyramid pyramid, DetectorWorkspace workspace, float x, float y, float width, float height, List<FaceDetection> found)
    {
        // The longer side fills the input; the view lies in its middle, with black beside it.
        var side = MathF.Max(width, height);
        var step = side / DetectorNetwork.InputSize;
        var (left, top) = (x + ((width - side) / 2), y + ((height - side) / 2));
        var toPicture = new Similarity(step, 0, left + (step / 2), top + (step / 2));
        Resampler.Fill(pyramid, toPicture, workspace.Input, (127.5f, 127.5f, 127.5f), 1 / 127.5f);
        network.Run(workspace);
        AnchorDecoder.Decode(workspace, left, top, side, found);
    }

    private static IEnumerable<(float X, float Y, float Side)> Tiles(int width, int height)
    {
        var side = TileShare * Math.Min(width, height);
        var columns = Math.Min(MostTiles / 2, (int)MathF.Ceiling((width - side) / (side / 2)) + 1);
        var rows = Math.Min(MostTiles / 2, (int)MathF.Ceiling((height - side) / (side / 2)) + 1);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                yield return (Place(column, columns, width - side), Place(row, rows, height - side), side);
            }
        }

        static float Place(int index, int count, float room) => count == 1 ? room / 2 : room * index / (count - 1);
    }
}
