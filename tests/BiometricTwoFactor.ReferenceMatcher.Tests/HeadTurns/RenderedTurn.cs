namespace BiometricTwoFactor.ReferenceMatcher.Tests.HeadTurns;

/// <summary>
/// Turns the face of one photograph, so that the real detector sees a series: either the photograph itself turns (flat),
/// or its pixels are put on the front of a head of average proportions with a nose. Crude beyond 35 degrees, where a side
/// of the head would come into view that the photograph does not have.
/// </summary>
internal sealed class RenderedTurn
{
    // In distances between the pupils, from the middle between them: how a head's front lies, and how far the camera is.
    private const double HalfWidth = 1.2;
    private const double HalfHeight = 1.75;
    private const double HalfDepth = 1.6;
    private const double MiddleDown = 0.45;
    private const double NoseOut = 0.25;
    private const double Camera = 8;
    private const double AxisBehindEyes = 0.9;

    private readonly FaceImage _photograph;
    private readonly double _eyes;
    private readonly FacePoint _middle;
    private readonly FacePoint _nose;

    public RenderedTurn(FaceImage photograph, FaceKeyPoints points)
    {
        _photograph = photograph;
        _eyes = Math.Sqrt(Math.Pow(points.LeftEye.X - points.RightEye.X, 2) + Math.Pow(points.LeftEye.Y - points.RightEye.Y, 2));
        _middle = new FacePoint((points.LeftEye.X + points.RightEye.X) / 2, (points.LeftEye.Y + points.RightEye.Y) / 2);
        _nose = new FacePoint((float)((points.NoseTip.X - _middle.X) / _eyes), (float)((points.NoseTip.Y - _middle.Y) / _eyes));
    }

    /// <summary>One frame.</summary>
    /// <param name="degrees">The turn, positive to the person's own left.</param>
    /// <param name="depth">1 for a head, 0 for the flat photograph.</param>
    public FaceImage Frame(double degrees, double depth)
    {
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        var (width, height) = (_photograph.Width, _photograph.Height);
        var pixels = new byte[width * height * 3];
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var (x, y) = Source((column + 0.5 - _middle.X) / _eyes, (row + 0.5 - _middle.Y) / _eyes, sine, cosine, depth);
                Sample((x * _eyes) + _middle.X - 0.5, (y * _eyes) + _middle.Y - 0.5, pixels.AsSpan(((row * width) + column) * 3, 3));
            }
        }

        return new FaceImage(width, height, pixels);
    }

    /// <summary>Which place of the photograph is seen at a place of the frame: found by coming closer step by step.</summary>
    private (double X, double Y) Source(double frameX, double frameY, double sine, double cosine, double depth)
    {
        var axis = depth * AxisBehindEyes;
        var (x, y) = (frameX, frameY);
        for (var step = 0; step < 10; step++)
        {
            var relief = (depth * Relief(x, y)) + axis;
            var near = (relief * cosine) - (x * sine) - axis;
            var perspective = 1 - (near / Camera);
            x += 0.5 * ((((frameX * perspective) - (relief * sine)) / cosine) - x);
            y += 0.5 * ((frameY * perspective) - y);
        }

        return (x, y);
    }

    /// <summary>How far the head comes out before the eyes; behind its outline everything lies as far back as the ears.</summary>
    private double Relief(double x, double y)
    {
        var nose = NoseOut * Math.Exp(-((x - _nose.X) * (x - _nose.X) / 0.0512) - ((y - _nose.Y) * (y - _nose.Y) / 0.125));
        return Front(x, y) - Front(0.5, 0) + nose;
    }

    private static double Front(double x, double y)
    {
        var (across, down) = (x / HalfWidth, (y - MiddleDown) / HalfHeight);
        return HalfDepth * Math.Sqrt(Math.Max(0.02, 1 - (across * across) - (down * down)));
    }

    private void Sample(double x, double y, Span<byte> pixel)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (right, down) = (x - left, y - top);
        for (var channel = 0; channel < 3; channel++)
        {
            var above = (At(left, top, channel) * (1 - right)) + (At(left + 1, top, channel) * right);
            var below = (At(left, top + 1, channel) * (1 - right)) + (At(left + 1, top + 1, channel) * right);
            pixel[channel] = (byte)((above * (1 - down)) + (below * down) + 0.5);
        }
    }

    private byte At(int x, int y, int channel)
    {
        var (column, row) = (Math.Clamp(x, 0, _photograph.Width - 1), Math.Clamp(y, 0, _photograph.Height - 1));
        return _photograph.Rgb[(((row * _photograph.Width) + column) * 3) + channel];
    }
}
