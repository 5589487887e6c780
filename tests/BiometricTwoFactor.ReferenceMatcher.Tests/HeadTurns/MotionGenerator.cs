namespace BiometricTwoFactor.ReferenceMatcher.Tests.HeadTurns;

/// <summary>
/// Makes series of key points: six points of a head or of a photograph of one, moved, seen by a camera with full
/// perspective, and disturbed as a detector disturbs them. Millimetres; x to the picture's right, y down, z to the camera.
/// </summary>
internal sealed class MotionGenerator(int seed)
{
    private const double Focal = 800;
    private readonly Random _random = new(seed);

    /// <summary>The cylinder that a picture is bent around, in millimetres; drawn from 40 to 120 when null.</summary>
    public double? BendRadius { get; init; }

    /// <summary>How far it turns at the end, in degrees; drawn when null.</summary>
    public double? Turn { get; init; }

    private readonly record struct Point(double X, double Y, double Z);

    /// <param name="kind">What is shown.</param>
    /// <param name="left">Whether it turns to the person's left.</param>
    /// <param name="frames">How many frames.</param>
    /// <param name="noise">The detector's error: standard deviation of each coordinate, as a share of the eye distance, from frame to frame; a slow error of the same size comes on top.</param>
    public FaceDetection?[] Make(MotionKind kind, bool left, int frames, double noise)
    {
        var head = NewHead();
        var sign = left ? 1.0 : -1.0;
        var isHead = kind == MotionKind.Head;
        var wobble = new Wobble(this);
        var distance = Uniform(300, 600);
        var peak = sign * (isHead || IsSeries(kind) || kind == MotionKind.PictureOfTurnedHead ? Uniform(25, 40) : Uniform(25, 60));
        // A picture may be turned either way: perspective makes both look a little like a turn.
        var pictureWay = _random.Next(2) == 0 ? 1 : -1;
        var tilt = Uniform(-45, 45);
        var roll = Uniform(-30, 30);
        var radius = Uniform(40, 120);
        peak = Turn is { } turn ? sign * turn : peak;
        radius = BendRadius ?? radius;
        var shift = (X: Uniform(-80, 80), Y: Uniform(-60, 60), Z: Uniform(-60, 120));
        var start = Normal(3);
        var begin = Uniform(0, 0.25);
        var end = Uniform(0.65, 1);
        var guess = Uniform(0, 1);
        var pictures = Pictures(kind, head, start, peak);
        var scale = Uniform(0.8, 1.3);

        var result = new FaceDetection?[frames];
        var slow = new double[12];
        for (var i = 0; i < 12; i++)
        {
            slow[i] = Normal(noise);
        }

        for (var frame = 0; frame < frames; frame++)
        {
            var time = frames == 1 ? 0 : frame / (frames - 1.0);
            var part = Smooth(Math.Clamp((time - begin) / (end - begin), 0, 1));
            wobble.Next();
            Point[] points;
            if (isHead)
            {
                var yaw = start + (part * peak);
                points = Rotated(head, yaw, wobble.Pitch, wobble.Roll, new Point(0, 50, -90));
                if (Math.Abs(yaw) > 15)
                {
                    // The hidden ear: the detector puts it anywhere between where it is and the face's outline.
                    var ear = yaw > 0 ? 5 : 4;
                    var outline = ((points[0].X + points[1].X) / 2) + (Math.Sign(yaw) * 45);
                    points[ear] = points[ear] with { X = points[ear].X + (guess * (outline - points[ear].X)) };
                }
            }
            else
            {
                var picture = pictures[Math.Min((int)(part * pictures.Length), pictures.Length - 1)];
                if (kind is MotionKind.PictureBent or MotionKind.PictureBentAndTilted or MotionKind.PictureBending)
                {
                    picture = Bent(picture, kind == MotionKind.PictureBending ? 40 / Math.Max(part, 1e-3) : radius);
                }

                var (yaw, pitch, lean) = kind switch
                {
                    MotionKind.PictureTurned or MotionKind.PictureBent => (part * peak * (kind == MotionKind.PictureTurned ? pictureWay : 1), 0.0, 0.0),
                    MotionKind.PictureBending => (part * peak, 0, 0),
                    MotionKind.PictureTilted => (0, part * tilt, 0),
                    MotionKind.PictureTurnedAndTilted => (part * peak * pictureWay, part * tilt, part * roll),
                    MotionKind.PictureBentAndTilted => (part * peak, part * tilt, 0),
                    MotionKind.PictureOfTurnedHead => (part * peak * pictureWay, 0, 0),
                    _ => (0.0, 0.0, 0.0),
                };
                points = Rotated(picture, yaw, pitch + wobble.Pitch, lean + wobble.Roll, default);
                for (var i = 0; i < 6; i++)
                {
                    points[i] = new Point(points[i].X * scale, points[i].Y * scale, points[i].Z * scale);
                }
            }

            var moved = kind == MotionKind.PictureMoved ? part : 0;
            result[frame] = Seen(points, wobble, (moved * shift.X, moved * shift.Y, moved * shift.Z), distance, noise, slow);
        }

        return result;
    }

    private static bool IsSeries(MotionKind kind) =>
        kind is MotionKind.TwoPictures or MotionKind.ThreePictures or MotionKind.FivePictures or MotionKind.TwoPersons;

    private Point[] NewHead()
    {
        var (nose, ears, mouth) = (Normal(1), 72 + Normal(4), 5 + Normal(3));
        var (earDown, earBack, eyes) = (28 + Normal(6), -95 + Normal(6), 31.5 + Normal(1.8));
        return
        [
            new(-eyes + Normal(0.7), Normal(0.7), Normal(1)), new(eyes + Normal(0.7), Normal(0.7), Normal(1)),
            new(nose, 41 + Normal(4), 22.5 + Normal(2.5)), new(Normal(1.2), 69 + Normal(5), mouth),
            new(-ears + Normal(1.5), earDown + Normal(1.5), earBack + Normal(2)), new(ears + Normal(1.5), earDown + Normal(1.5), earBack + Normal(2)),
        ];
    }

    // Photographs of heads, taken from half a metre to two: flat, in the size they were.
    private Point[][] Pictures(MotionKind kind, Point[] head, double start, double peak)
    {
        double[] turns = kind switch
        {
            MotionKind.PictureOfTurnedHead => [peak],
            MotionKind.TwoPictures or MotionKind.TwoPersons => [0, peak],
            MotionKind.ThreePictures => [0, peak / 2, peak],
            MotionKind.FivePictures => [0, peak / 4, peak / 2, peak * 3 / 4, peak],
            _ => [0],
        };
        var other = kind == MotionKind.TwoPersons ? NewHead() : head;
        var from = Uniform(500, 2000);
        return [.. turns.Select((turn, i) => Array.ConvertAll(
            Rotated(i == 0 ? head : other, start + turn, Normal(2), Normal(2), new Point(0, 50, -90)),
            point => new Point(point.X * from / (from - point.Z), point.Y * from / (from - point.Z), 0)))];
    }

    private static Point[] Bent(Point[] picture, double radius) => Array.ConvertAll(
        picture, point => new Point(radius * Math.Sin(point.X / radius), point.Y, radius * (Math.Cos(point.X / radius) - 1)));

    // Turned (positive: what is in front moves to the right), then tilted, then rotated in the picture.
    private static Point[] Rotated(Point[] points, double yaw, double pitch, double roll, Point about)
    {
        var (sinYaw, cosYaw) = Math.SinCos(yaw * Math.PI / 180);
        var (sinPitch, cosPitch) = Math.SinCos(pitch * Math.PI / 180);
        var (sinRoll, cosRoll) = Math.SinCos(roll * Math.PI / 180);
        return Array.ConvertAll(points, point =>
        {
            var (x, y, z) = (point.X - about.X, point.Y - about.Y, point.Z - about.Z);
            (x, z) = ((x * cosYaw) + (z * sinYaw), (z * cosYaw) - (x * sinYaw));
            (y, z) = ((y * cosPitch) + (z * sinPitch), (z * cosPitch) - (y * sinPitch));
            (x, y) = ((x * cosRoll) - (y * sinRoll), (x * sinRoll) + (y * cosRoll));
            return new Point(x + about.X, y + about.Y, z + about.Z);
        });
    }

    private FaceDetection Seen(Point[] points, Wobble wobble, (double X, double Y, double Z) shift, double distance, double noise, double[] slow)
    {
        var seen = new FacePoint[6];
        var scale = 63 * Focal / distance;
        for (var i = 0; i < 6; i++)
        {
            var depth = distance + wobble.Z - shift.Z - points[i].Z;
            var share = i > 3 ? 1.5 : 1;
            slow[2 * i] = (0.9 * slow[2 * i]) + (Math.Sqrt(1 - 0.81) * Normal(noise));
            slow[(2 * i) + 1] = (0.9 * slow[(2 * i) + 1]) + (Math.Sqrt(1 - 0.81) * Normal(noise));
            seen[i] = new FacePoint(
                (float)(500 + (Focal * (points[i].X + wobble.X + shift.X) / depth) + (share * scale * (Normal(noise) + slow[2 * i]))),
                (float)(500 + (Focal * (points[i].Y + wobble.Y + shift.Y) / depth) + (share * scale * (Normal(noise) + slow[(2 * i) + 1]))));
        }

        var box = new FaceBox(seen.Min(p => p.X), seen.Min(p => p.Y), seen.Max(p => p.X) - seen.Min(p => p.X), seen.Max(p => p.Y) - seen.Min(p => p.Y));
        return new FaceDetection(box, new FaceKeyPoints(seen[0], seen[1], seen[2], seen[3], seen[4], seen[5]), 0.9f, 0, 0);
    }

    private static double Smooth(double time) => time * time * time * (10 - (15 * time) + (6 * time * time));

    private double Uniform(double from, double to) => from + (_random.NextDouble() * (to - from));

    private double Normal(double deviation) =>
        deviation * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <summary>What nobody holds still: pose and place drift slowly.</summary>
    private sealed class Wobble(MotionGenerator generator)
    {
        private readonly double[] _values = [generator.Normal(3), generator.Normal(2), generator.Normal(20), generator.Normal(20), generator.Normal(8)];

        public double Pitch => _values[0];

        public double Roll => _values[1];

        public double X => _values[2];

        public double Y => _values[3];

        public double Z => _values[4];

        public void Next()
        {
            _values[0] += generator.Normal(0.7);
            _values[1] += generator.Normal(0.7);
            _values[2] += generator.Normal(1.5);
            _values[3] += generator.Normal(1.5);
            _values[4] += generator.Normal(2);
        }
    }
}
