namespace BiometricTwoFactor.ReferenceMatcher.Tests.HeadTurns;

public sealed class HeadTurnCheckTests
{
    private const float Infinity = float.PositiveInfinity;

    [Theory]
    [InlineData(true, HeadTurn.Left)]
    [InlineData(false, HeadTurn.Right)]
    public void A_turning_head_is_live_and_its_turn_and_depth_are_about_right(bool left, HeadTurn asked)
    {
        var result = HeadTurnCheck.Judge(Head(left), asked);
        Assert.Equal(HeadTurnOutcome.Turned, result.Outcome);
        Assert.True(result.IsLive);
        Assert.Empty(result.Warnings);
        Assert.InRange(left ? result.MaxYawDegrees : -result.MinYawDegrees, 20, 60);
        Assert.InRange(left ? -result.MinYawDegrees : result.MaxYawDegrees, 0, 5);
        Assert.InRange(result.Depth!.Value, 0.6f, 3f);
    }

    [Fact]
    public void The_persons_left_is_where_the_nose_moves_right_in_the_picture()
    {
        var frames = Head(left: true);
        var first = frames[0]!.KeyPoints;
        var last = frames[^1]!.KeyPoints;
        Assert.True(last.NoseTip.X - ((last.RightEye.X + last.LeftEye.X) / 2) > first.NoseTip.X - ((first.RightEye.X + first.LeftEye.X) / 2));
    }

    [Fact]
    public void A_turn_the_other_way_is_refused_as_such() =>
        Refused(HeadTurnOutcome.WrongWay, FaceWarningCode.LowLivenessScore, HeadTurnCheck.Judge(Head(left: true), HeadTurn.Right));

    [Fact]
    public void A_turn_of_a_few_degrees_is_too_little() => Refused(
        HeadTurnOutcome.TooLittle, FaceWarningCode.LowLivenessScore,
        HeadTurnCheck.Judge(new MotionGenerator(3) { Turn = 7 }.Make(MotionKind.Head, true, 20, 0.01), HeadTurn.Left));

    [Fact]
    public void A_face_that_is_turned_already_does_not_begin_towards_the_camera() => Refused(
        HeadTurnOutcome.NotFrontal, FaceWarningCode.LowLivenessScore,
        HeadTurnCheck.Judge(Head(left: true)[12..], HeadTurn.Left));

    [Theory]
    [InlineData("PictureTurned")]
    [InlineData("PictureBent")]
    public void A_picture_that_is_turned_far_is_told_to_be_flat(string kind)
    {
        var frames = new MotionGenerator(4) { Turn = 55, BendRadius = 60 }.Make(Enum.Parse<MotionKind>(kind), true, 20, 0.01);
        var result = HeadTurnCheck.Judge(frames, HeadTurn.Left);
        Refused(HeadTurnOutcome.Flat, FaceWarningCode.LivenessFaceAttack, result);
        Assert.InRange(result.Depth!.Value, 0, 0.6f);
    }

    [Fact]
    public void A_picture_that_is_put_for_another_is_a_jump() => Refused(
        HeadTurnOutcome.Jumped, FaceWarningCode.LivenessFaceAttack,
        HeadTurnCheck.Judge(new MotionGenerator(5).Make(MotionKind.TwoPictures, true, 20, 0.01), HeadTurn.Left));

    [Fact]
    public void A_face_that_jumps_aside_while_it_turns_is_a_jump()
    {
        var frames = Head(left: true);
        for (var i = 10; i < frames.Length; i++)
        {
            frames[i] = Changed(frames[i]!, point => point with { X = point.X + 400 });
        }

        Refused(HeadTurnOutcome.Jumped, FaceWarningCode.LivenessFaceAttack, HeadTurnCheck.Judge(frames, HeadTurn.Left));
    }

    [Fact]
    public void Points_that_jitter_apart_are_not_one_head()
    {
        var random = new Random(6);
        var frames = Array.ConvertAll(Head(left: true), frame => Changed(frame!, point =>
            new FacePoint(point.X + (20 * (random.NextSingle() - 0.5f)), point.Y + (70 * (random.NextSingle() - 0.5f)))));
        Assert.False(HeadTurnCheck.Judge(frames, HeadTurn.Left).IsLive);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Fewer_than_five_faces_are_too_few(int faces)
    {
        var frames = Head(left: true)[..faces].Concat(new FaceDetection?[10]).ToArray();
        Refused(HeadTurnOutcome.TooFewFrames, FaceWarningCode.NoFaceDetected, HeadTurnCheck.Judge(frames, HeadTurn.Left, new HeadTurnThresholds { MinFrames = 0 }));
    }

    [Fact]
    public void Few_lost_frames_do_no_harm_and_many_are_refused()
    {
        var frames = Head(left: true);
        frames[3] = frames[9] = null;
        Assert.True(HeadTurnCheck.Judge(frames, HeadTurn.Left).IsLive);
        foreach (var i in (int[])[2, 4, 6, 11, 15])
        {
            frames[i] = null;
        }

        Refused(HeadTurnOutcome.FaceLost, FaceWarningCode.NoFaceDetected, HeadTurnCheck.Judge(frames, HeadTurn.Left));
    }

    [Fact]
    public void A_turn_that_happens_while_the_face_is_lost_is_a_jump()
    {
        var frames = new MotionGenerator(7) { Turn = 30 }.Make(MotionKind.Head, true, 40, 0.005);
        var turning = Enumerable.Range(0, 40).Where(i => HeadTurnCheck.Judge(frames[..(i + 1)], HeadTurn.Left).MaxYawDegrees is > 3 and < 27).ToArray();
        foreach (var i in turning)
        {
            frames[i] = null;
        }

        Refused(HeadTurnOutcome.Jumped, FaceWarningCode.LivenessFaceAttack, HeadTurnCheck.Judge(frames, HeadTurn.Left, new HeadTurnThresholds { MaxLostShare = 1 }));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(Infinity)]
    [InlineData(-Infinity)]
    [InlineData(float.MaxValue)]
    [InlineData(0f)]
    [InlineData(1e6f)]
    public void Points_that_are_no_points_are_outcomes(float value)
    {
        for (var point = 0; point < 6; point++)
        {
            var which = point;
            var one = Array.ConvertAll(Head(left: true), frame => Changed(frame!, (p, i) => i == which ? new FacePoint(value, p.Y) : p));
            Assert.NotEmpty(HeadTurnCheck.Judge(one, HeadTurn.Right).Warnings);
        }

        var all = Array.ConvertAll(Head(left: true), frame => Changed(frame!, _ => new FacePoint(value, value)));
        Refused(HeadTurnOutcome.TooFewFrames, FaceWarningCode.NoFaceDetected, HeadTurnCheck.Judge(all, HeadTurn.Left));
    }

    [Fact]
    public void Points_on_one_line_and_boxes_without_size_are_outcomes()
    {
        var line = Array.ConvertAll(Head(left: true), frame => Changed(frame!, (_, i) => new FacePoint(10 + (20 * i), 10 + (20 * i))));
        Refused(HeadTurnOutcome.NotRigid, FaceWarningCode.LivenessFaceAttack, HeadTurnCheck.Judge(line, HeadTurn.Left));
        var column = Array.ConvertAll(Head(left: true), frame => Changed(frame!, (_, i) => new FacePoint(i == 1 ? 50 : 10, 10)));
        Refused(HeadTurnOutcome.NotRigid, FaceWarningCode.LivenessFaceAttack, HeadTurnCheck.Judge(column, HeadTurn.Left));

        // The box says nothing here: the points alone are read.
        var boxless = Array.ConvertAll(Head(left: true), frame => frame! with { Box = default });
        Assert.True(HeadTurnCheck.Judge(boxless, HeadTurn.Left).IsLive);
    }

    [Fact]
    public void Any_numbers_at_all_are_outcomes()
    {
        var random = new Random(8);
        float[] odd = [0, -0f, 1, -1, float.NaN, Infinity, -Infinity, float.Epsilon, 1e6f, -1e6f, float.MaxValue];
        for (var round = 0; round < 1000; round++)
        {
            var wild = random.Next(4);
            FacePoint Point() => new(Number(), Number());
            float Number() => random.Next(8) < wild ? odd[random.Next(odd.Length)] : random.NextSingle() * 500;
            var frames = new FaceDetection?[random.Next(50)];
            for (var i = 0; i < frames.Length; i++)
            {
                frames[i] = random.Next(20) == 0 ? null : new FaceDetection(default, new FaceKeyPoints(Point(), Point(), Point(), Point(), Point(), Point()), 1, 0, 0);
            }

            var result = HeadTurnCheck.Judge(frames, (HeadTurn)random.Next(2));
            Assert.False(result.IsLive);
            Assert.True(float.IsFinite(result.MinYawDegrees) && float.IsFinite(result.MaxYawDegrees) && result.Depth is null or (>= 0 and <= 3));
            Assert.Single(result.Warnings);
        }
    }

    [Fact]
    public void A_way_that_is_none_is_never_turned() => Assert.False(HeadTurnCheck.Judge(Head(left: true), (HeadTurn)7).IsLive);

    [Fact]
    public void Thresholds_that_are_no_numbers_refuse()
    {
        HeadTurnThresholds[] thresholds =
        [
            new() { MaxLostShare = double.NaN }, new() { MaxStartDegrees = double.NaN }, new() { MinTurnDegrees = double.NaN }, new() { MinDepth = double.NaN },
        ];
        Assert.All(thresholds, one => Assert.False(HeadTurnCheck.Judge(Head(left: true), HeadTurn.Left, one).IsLive));
    }

    [Fact]
    public void Size_place_and_lean_of_the_picture_change_nothing()
    {
        var frames = Head(left: true);
        var expected = HeadTurnCheck.Judge(frames, HeadTurn.Left);
        var moved = Array.ConvertAll(frames, frame => Changed(frame!, p => new FacePoint((0.4f * p.X) - (0.2f * p.Y) + 900, (0.4f * p.Y) + (0.2f * p.X) - 50)));
        var result = HeadTurnCheck.Judge(moved, HeadTurn.Left);
        Assert.Equal(expected.Outcome, result.Outcome);
        Assert.Equal(expected.MaxYawDegrees, result.MaxYawDegrees, 0.1f);
        Assert.Equal(expected.Depth!.Value, result.Depth!.Value, 0.01f);
    }

    [Fact]
    public void The_first_outcome_refuses() => Assert.False(new HeadTurnResult(default, 0, 0, null, []).IsLive);

    private static FaceDetection?[] Head(bool left) => new MotionGenerator(2) { Turn = 32 }.Make(MotionKind.Head, left, 20, 0.01);

    private static void Refused(HeadTurnOutcome outcome, string code, HeadTurnResult result)
    {
        Assert.Equal(outcome, result.Outcome);
        Assert.False(result.IsLive);
        Assert.Equal(code, Assert.Single(result.Warnings).Code);
    }

    private static FaceDetection Changed(FaceDetection face, Func<FacePoint, FacePoint> change) => Changed(face, (point, _) => change(point));

    private static FaceDetection Changed(FaceDetection face, Func<FacePoint, int, FacePoint> change)
    {
        var p = face.KeyPoints;
        return face with
        {
            KeyPoints = new FaceKeyPoints(
                change(p.RightEye, 0), change(p.LeftEye, 1), change(p.NoseTip, 2), change(p.Mouth, 3), change(p.RightEar, 4), change(p.LeftEar, 5)),
        };
    }
}
