using FsCheck;
using FsCheck.Fluent;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Whatever comes: approved exactly when every condition holds. The conditions are stated anew here, in one list.</summary>
public sealed class VerdictPropertyTests
{
    [Fact]
    public void Approved_is_said_exactly_when_every_condition_holds()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(3_000);
        Prop.ForAll(
            Cases().ToArbitrary(),
            one =>
            {
                var judgement = one.Judge();
                return (judgement.Verdict == Verdict.Approve) == one.MayBeApproved() && judgement.Reasons.Count > 0;
            }).Check(config);
    }

    [Fact]
    public void The_generated_cases_reach_both_answers()
    {
        var answers = Cases().Sample(500, 500).Select(one => one.MayBeApproved()).ToArray();
        Assert.InRange(answers.Count(approved => approved), 10, 490);
    }

    private static Gen<Case> Cases() =>
        from state in Gen.Frequency(
            (4, Gen.Constant(ChallengeState.Pending)), (3, Gen.Constant(ChallengeState.InReview)), (2, Gen.Constant(ChallengeState.Approved)),
            (1, Gen.Elements(ChallengeState.Declined, ChallengeState.Consumed, ChallengeState.Revoked)))
        from minutes in Mostly(0, 8, 9, 20, 60 * 24, (60 * 24) + 1)
        from claimed in Mostly(true, false)
        from marks in Gen.ArrayOf(Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true))), 8)
        from kind in Mostly(ChallengeKind.StepUp, ChallengeKind.Enrolment, ChallengeKind.FaceEnrolment)
        from demanded in Mostly(LivenessMethod.Unknown, LivenessMethod.Passive, LivenessMethod.Active3D)
        from identity in Gen.ArrayOf(Mostly("same", "other", "missing"), 5)
        from status in Mostly(SessionStatus.Approved, Enum.GetValues<SessionStatus>())
        from echo in Mostly("same", "amount", "currency", "payee", "missing", "no currency")
        from liveness in Entries(
            from feature in Mostly(FeatureStatus.Approved, FeatureStatus.Declined, FeatureStatus.Unknown)
            from method in Mostly(LivenessMethod.Passive, Enum.GetValues<LivenessMethod>())
            from score in Mostly<decimal?>(90m, 89.9m, null, 100m)
            select (feature, method, score))
        from faces in Entries(
            from feature in Mostly(FeatureStatus.Approved, FeatureStatus.Declined, FeatureStatus.InReview)
            from similarity in Mostly<decimal?>(80m, 79.9m, null, 100m, 0m)
            select (feature, similarity))
        from networks in Entries(
            from feature in Mostly(FeatureStatus.Approved, FeatureStatus.Declined)
            from os in Mostly<string?>("Windows", "Android", null)
            select (feature, os))
        from documents in Entries(Mostly(FeatureStatus.Approved, FeatureStatus.Declined))
        from holder in Mostly<bool?>(true, false, null)
        from warning in Mostly<RiskWarning?>(null, new RiskWarning("LISTED", WarningSeverity.Information), new RiskWarning("OTHER", WarningSeverity.Error), new RiskWarning("OTHER", WarningSeverity.Warning))
        select new Case(
            state, minutes, claimed, marks, kind, demanded, identity, status, echo, liveness, faces, networks, documents, holder, warning);

    private static Gen<T> Mostly<T>(T good, params T[] others) =>
        Gen.Frequency((12, Gen.Constant(good)), (1, Gen.Elements(others)));

    private static Gen<T[]> Entries<T>(Gen<T> entry) =>
        Gen.Frequency((8, Gen.ArrayOf(entry, 1)), (1, Gen.ArrayOf(entry, 0)), (2, Gen.ArrayOf(entry, 2)));

    private sealed record Case(
        ChallengeState State,
        int Minutes,
        bool Claimed,
        bool[] Marks,
        ChallengeKind Kind,
        LivenessMethod Demanded,
        string[] Identity,
        SessionStatus Status,
        string Echo,
        (FeatureStatus Status, LivenessMethod Method, decimal? Score)[] Liveness,
        (FeatureStatus Status, decimal? Similarity)[] Faces,
        (FeatureStatus Status, string? Os)[] Networks,
        FeatureStatus[] Documents,
        bool? Holder,
        RiskWarning? Warning)
    {
        private bool GuideShape => Marks[0];

        private bool GuideAllowed => Marks[1];

        private bool NoClaimNeeded => Marks[2];

        private bool IsPayment => Marks[3];

        private bool ReviewsRefused => Marks[4];

        private bool DemandsIp => Marks[5];

        private bool HasLivenessFloor => Marks[6];

        private bool CameOutOfReview => Marks[7] || State == ChallengeState.InReview;

        /// <summary>The protocol's conditions (3.4, 5.6, 6.2, 6.5, 6.7, 8.4), said once more without looking at the judge.</summary>
        public bool MayBeApproved()
        {
            var absent = GuideShape && GuideAllowed;
            bool[] conditions =
            [
                State is ChallengeState.Pending or ChallengeState.InReview or ChallengeState.Approved,
                State != ChallengeState.Pending || Minutes < 9,
                State != ChallengeState.InReview || Minutes < (Claimed || NoClaimNeeded ? 60 * 24 : 9),
                Identity[0] == "same",
                Identity[1] == "same",
                .. Identity[2..].Select(part => part == "same" || (part == "missing" && absent)),
                Status == SessionStatus.Approved,
                !IsPayment || Echo is "same" or "no currency",
                Liveness.Length > 0,
                Liveness.All(entry => entry.Status == FeatureStatus.Approved),
                Liveness.All(entry => Demanded == LivenessMethod.Unknown ? entry.Method != LivenessMethod.Unknown || absent : entry.Method == Demanded),
                !HasLivenessFloor || Liveness.All(entry => entry.Score >= 90m),
                Faces.Length > 0,
                Faces.All(entry => entry.Status == FeatureStatus.Approved),
                Faces.All(entry => entry.Similarity >= 80m),
                Faces.Length == 0 || Warning is null || (Warning.Severity != WarningSeverity.Error && Warning.Risk != "LISTED"),
                !DemandsIp || Networks.Length > 0,
                Networks.All(entry => entry.Status == FeatureStatus.Approved),
                Kind != ChallengeKind.StepUp || Networks.All(entry => entry.Os is null or "Windows"),
                Kind != ChallengeKind.Enrolment || (Documents.Length > 0 && Documents.All(entry => entry == FeatureStatus.Approved) && Holder == true),
                !CameOutOfReview || !ReviewsRefused,
            ];
            return conditions.All(holds => holds);
        }

        public Judgement Judge() => Verdicts.Judge(
            Show,
            (IsPayment ? Verdicts.Payment() : Verdicts.Challenge()) with
            {
                State = State,
                Kind = Kind,
                DemandedMethod = Demanded,
                DemandsIpAnalysis = DemandsIp,
                ClaimRequired = !NoClaimNeeded,
                ClaimedAt = Claimed ? Verdicts.Now : null,
                ReviewDeadline = State == ChallengeState.InReview ? Verdicts.Now.AddHours(24) : null,
                CameOutOfReview = Marks[7],
                StartedOn = new DeviceTraits("Windows", null),
            },
            new JudgePolicy
            {
                FaceMatchFloor = Score.FromUnit(0.8m),
                LivenessFloor = HasLivenessFloor ? Score.FromPercent(90m) : null,
                AllowGuideShape = GuideAllowed,
                AllowApprovalAfterReview = !ReviewsRefused,
                BlockingWarnings = new HashSet<string>(StringComparer.Ordinal) { "LISTED" },
                AccountHolderConfirmed = Holder,
            },
            Verdicts.Now.AddMinutes(Minutes));

        private void Show(Shown shown)
        {
            shown.IsGuideShape = GuideShape;
            shown.Status = Status;
            shown.SessionId = Pick(Identity[0], Verdicts.Session, "another");
            shown.VendorData = Pick(Identity[1], Verdicts.VendorData, "another");
            if (Pick(Identity[2], Verdicts.ChallengeId, "another") is { } nonce)
            {
                shown.With("nonce", nonce);
            }
            else
            {
                shown.Metadata.Remove("nonce");
            }

            shown.WorkflowId = Pick(Identity[3], Verdicts.Workflow, "another");
            shown.Environment = Identity[4] switch { "same" => ProviderEnvironment.Live, "other" => ProviderEnvironment.Sandbox, _ => null };
            _ = Echo switch
            {
                "amount" => shown.With("amount", "250.01"),
                "currency" => shown.With("currency", "USD"),
                "payee" => shown.With("payee_account", "DE02120300000000202051"),
                "missing" => shown.With("amount", "", MetadataValueKind.None),
                "no currency" => Without(shown, "currency"),
                _ => shown,
            };
            shown.Liveness = [.. Liveness.Select(entry => Shown.Live(entry.Status, entry.Method, entry.Score, hasMethod: entry.Method != LivenessMethod.Unknown))];
            shown.Faces = [.. Faces.Select(entry => Shown.Face(entry.Status, entry.Similarity, Warning is null ? [] : [Warning]))];
            shown.Ip = [.. Networks.Select(entry => Shown.Network(entry.Status, entry.Os))];
            shown.Documents = [.. Documents.Select(entry => Shown.Document(entry))];
        }

        private static Shown Without(Shown shown, string name)
        {
            shown.Metadata.Remove(name);
            return shown;
        }

        private static string? Pick(string which, string same, string other) => which switch { "same" => same, "other" => other, _ => null };
    }
}
