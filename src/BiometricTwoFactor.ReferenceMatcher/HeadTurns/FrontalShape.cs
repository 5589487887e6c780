namespace BiometricTwoFactor.ReferenceMatcher.HeadTurns;

/// <summary>The face as the first frames show it: the mean of their points after moving, scaling and turning them onto each other.</summary>
internal static class FrontalShape
{
    /// <returns>Across and down for each point, in eye distances.</returns>
    public static (double[] Across, double[] Down) Of(ReadOnlySpan<FaceFrame> frames)
    {
        var across = AverageHead.Across.ToArray();
        var down = AverageHead.Down.ToArray();

        // Twice: onto the average head, then onto the person's own mean.
        for (var round = 0; round < 2; round++)
        {
            var sumAcross = new double[AverageHead.Points];
            var sumDown = new double[AverageHead.Points];
            foreach (var frame in frames)
            {
                Add(frame, across, down, sumAcross, sumDown);
            }

            for (var i = 0; i < AverageHead.Points; i++)
            {
                across[i] = sumAcross[i] / frames.Length;
                down[i] = sumDown[i] / frames.Length;
            }
        }

        // Eyes one apart, in the middle and level: the unit and the directions of everything after.
        var (x, y) = (across[1] - across[0], down[1] - down[0]);
        var square = (x * x) + (y * y);
        var (middleX, middleY) = ((across[0] + across[1]) / 2, (down[0] + down[1]) / 2);
        for (var i = 0; i < AverageHead.Points; i++)
        {
            var (a, d) = (across[i] - middleX, down[i] - middleY);
            across[i] = ((a * x) + (d * y)) / square;
            down[i] = ((d * x) - (a * y)) / square;
        }

        return (across, down);
    }

    // The similarity that brings the frame's points closest to the shape: as complex numbers, one factor and a shift.
    private static void Add(FaceFrame frame, double[] across, double[] down, double[] sumAcross, double[] sumDown)
    {
        var (meanX, meanY, meanAcross, meanDown) = (frame.X.Average(), frame.Y.Average(), across.Average(), down.Average());
        double real = 0, imaginary = 0, square = 0;
        for (var i = 0; i < AverageHead.Points; i++)
        {
            var (x, y, a, d) = (frame.X[i] - meanX, frame.Y[i] - meanY, across[i] - meanAcross, down[i] - meanDown);
            real += (x * a) + (y * d);
            imaginary += (x * d) - (y * a);
            square += (x * x) + (y * y);
        }

        for (var i = 0; i < AverageHead.Points; i++)
        {
            var (x, y) = (frame.X[i] - meanX, frame.Y[i] - meanY);
            sumAcross[i] += meanAcross + (((x * real) - (y * imaginary)) / square);
            sumDown[i] += meanDown + (((x * imaginary) + (y * real)) / square);
        }
    }
}
