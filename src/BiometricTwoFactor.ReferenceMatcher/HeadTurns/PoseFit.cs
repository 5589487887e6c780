namespace BiometricTwoFactor.ReferenceMatcher.HeadTurns;

/// <summary>
/// Fits a <see cref="Pose"/> to a frame by least squares: six points, twelve numbers, eight unknowns. The ears count less
/// than the rest, and the one that the turn hides hardly at all: the detector has to guess it.
/// </summary>
internal static class PoseFit
{
    private const double EarWeight = 0.5;

    /// <param name="across">The head's points as the first frames show them, in eye distances.</param>
    /// <param name="down">See <paramref name="across"/>.</param>
    /// <param name="frame">The points in this frame.</param>
    /// <returns>Null when the points do not determine a pose: all in one place or on one line.</returns>
    public static Pose? Fit(ReadOnlySpan<double> across, ReadOnlySpan<double> down, FaceFrame frame)
    {
        Span<double> weights = [1, 1, 1, 1, EarWeight, EarWeight];
        if (Fit(across, down, frame, weights) is not { } first)
        {
            return null;
        }

        // The hidden ear is the one on the side that the nose turns to. It fades between 5 and 15 degrees.
        var hidden = first.YawDegrees > 0 ? AverageHead.LeftEar : AverageHead.RightEar;
        weights[hidden] *= Math.Clamp(1.5 - (Math.Abs(first.YawDegrees) / 10), 0.04, 1);
        return Fit(across, down, frame, weights);
    }

    private static Pose? Fit(ReadOnlySpan<double> across, ReadOnlySpan<double> down, FaceFrame frame, ReadOnlySpan<double> weights)
    {
        // Normal equations: unknowns across, down, out, offset; a right side for x and one for y.
        Span<double> matrix = stackalloc double[4 * 6];
        Span<double> row = stackalloc double[6];
        for (var i = 0; i < AverageHead.Points; i++)
        {
            row[0] = across[i];
            row[1] = down[i];
            row[2] = AverageHead.Out[i];
            row[3] = 1;
            row[4] = frame.X[i];
            row[5] = frame.Y[i];
            for (var r = 0; r < 4; r++)
            {
                for (var c = 0; c < 6; c++)
                {
                    matrix[(r * 6) + c] += weights[i] * row[r] * row[c];
                }
            }
        }

        if (!Solve(matrix))
        {
            return null;
        }

        double sum = 0, total = 0;
        for (var i = 0; i < AverageHead.Points; i++)
        {
            var x = (matrix[4] * across[i]) + (matrix[10] * down[i]) + (matrix[16] * AverageHead.Out[i]) + matrix[22] - frame.X[i];
            var y = (matrix[5] * across[i]) + (matrix[11] * down[i]) + (matrix[17] * AverageHead.Out[i]) + matrix[23] - frame.Y[i];
            sum += weights[i] * ((x * x) + (y * y));
            total += weights[i];
        }

        var pose = new Pose(matrix[4], matrix[5], matrix[10], matrix[11], matrix[16], matrix[17], 0);
        var residual = Math.Sqrt(sum / total) / pose.Scale;
        return double.IsFinite(residual) && pose.Scale > 0 ? pose with { Residual = residual } : null;
    }

    /// <summary>Gauss-Jordan with the largest pivot; leaves the two solutions in the last two columns.</summary>
    private static bool Solve(Span<double> matrix)
    {
        for (var column = 0; column < 4; column++)
        {
            var best = column;
            for (var r = column + 1; r < 4; r++)
            {
                best = Math.Abs(matrix[(r * 6) + column]) > Math.Abs(matrix[(best * 6) + column]) ? r : best;
            }

            if (!(Math.Abs(matrix[(best * 6) + column]) > 1e-9))
            {
                return false;
            }

            for (var c = 0; c < 6; c++)
            {
                (matrix[(best * 6) + c], matrix[(column * 6) + c]) = (matrix[(column * 6) + c], matrix[(best * 6) + c]);
            }

            var pivot = matrix[(column * 6) + column];
            for (var c = 0; c < 6; c++)
            {
                matrix[(column * 6) + c] /= pivot;
            }

            for (var r = 0; r < 4; r++)
            {
                var factor = matrix[(r * 6) + column];
                for (var c = 0; r != column && c < 6; c++)
                {
                    matrix[(r * 6) + c] -= factor * matrix[(column * 6) + c];
                }
            }
        }

        return true;
    }
}
