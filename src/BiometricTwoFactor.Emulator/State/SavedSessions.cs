namespace BiometricTwoFactor.Emulator;

/// <summary>Turns a session into what is saved of it, and back.</summary>
internal static class SavedSessions
{
    private static readonly FeatureStatus[] StepStatuses = [.. Enum.GetValues<FeatureStatus>().Where(status => status != FeatureStatus.Unknown)];

    /// <param name="session">The session; the caller holds the store's gate.</param>
    /// <param name="withPictures">Whether its pictures are saved with it.</param>
    public static SavedSession Save(SessionRecord session, bool withPictures) => new()
    {
        Id = session.Id,
        Token = session.Token,
        WorkflowId = session.Workflow.Id,
        Status = session.Status.ToWire(),
        CreatedAt = session.CreatedAt,
        ExpiresAt = session.ExpiresAt,
        VendorData = session.VendorData,
        ApiService = session.ApiService,
        Language = session.Language,
        CallbackMethod = session.CallbackMethod,
        Callback = session.Callback,
        // Copies: the document is written after the gate is left.
        Metadata = SessionStore.Clone(session.Metadata),
        ExpectedDetails = session.ExpectedDetails?.DeepClone().AsObject(),
        ContactDetails = session.ContactDetails?.DeepClone().AsObject(),
        HasPortrait = session.HasPortrait,
        Scenario = session.Scenario,
        UnusablePictures = session.UnusablePictures,
        IsDeleted = session.IsDeleted,
        KeepsFace = session.KeepsFace,
        Result = Save(session.Result),
        Device = new SavedDevice(session.Device.OsFamily, session.Device.BrowserFamily, session.Device.Address)
        {
            IsVpnOrTor = session.Device.IsVpnOrTor,
            IsDataCenter = session.Device.IsDataCenter,
            CountryCode = session.Device.CountryCode,
        },
        Reviews = [.. session.Reviews.Select(review => new SavedReview(
            review.NewStatus.ToWire(), review.At, review.Comment, review.Id, review.Previous.ToWire()))],
        Timeline = [.. session.Timeline.Entries.Select(entry => new SavedEvent(entry.At, entry.What, entry.Detail))],
        Portrait = withPictures ? session.Portrait?.Bytes.ToArray() : null,
        Capture = withPictures ? session.Capture?.Bytes.ToArray() : null,
    };

    /// <param name="saved">What was saved.</param>
    /// <param name="workflow">The workflow of its id.</param>
    /// <param name="number">Its place among all sessions, from 1.</param>
    /// <exception cref="InvalidDataException">A status is none.</exception>
    public static SessionRecord Load(SavedSession saved, EmulatedWorkflow workflow, int number)
    {
        var session = new SessionRecord
        {
            Id = saved.Id,
            Number = number,
            Token = saved.Token,
            Workflow = workflow,
            VendorData = saved.VendorData,
            ApiService = saved.ApiService,
            CreatedAt = saved.CreatedAt,
            ExpiresAt = saved.ExpiresAt,
            Language = saved.Language,
            CallbackMethod = saved.CallbackMethod,
            ExpectedDetails = saved.ExpectedDetails,
            ContactDetails = saved.ContactDetails,
            HasPortrait = saved.HasPortrait,
            Callback = saved.Callback,
            Metadata = saved.Metadata,
            Scenario = saved.Scenario,
            Status = Status(saved.Status),
            Result = Load(saved.Result),
            UnusablePictures = saved.UnusablePictures,
            IsDeleted = saved.IsDeleted,
            KeepsFace = saved.KeepsFace,
            Portrait = Picture(saved.Portrait),
            Capture = Picture(saved.Capture),
        };
        if (saved.Device is { } device)
        {
            session.Device = new CaptureDevice(device.OsFamily, device.BrowserFamily, device.Address)
            {
                IsVpnOrTor = device.IsVpnOrTor,
                IsDataCenter = device.IsDataCenter,
                CountryCode = device.CountryCode,
            };
        }

        session.Reviews.AddRange(saved.Reviews.Select(review => new SessionRecord.Review(Status(review.Status), review.Comment, review.At)
        {
            Id = review.Id ?? EmulatorSettings.NewUuid(),
            Previous = SessionStatusText.Parse(review.Previous ?? ""),
        }));
        foreach (var entry in saved.Timeline)
        {
            session.Timeline.Add(entry.At, entry.What, entry.Detail);
        }

        return session;
    }

    private static SavedResult? Save(CaptureResult? result) => result is null ? null : new SavedResult
    {
        Liveness = Save(result.Liveness)!,
        FaceMatch = Save(result.FaceMatch),
        IpAnalysis = Save(result.IpAnalysis),
        Document = Save(result.Document),
        IsOfPicture = result.IsOfPicture,
        FaceQuality = result.FaceQuality,
        FaceLuminance = result.FaceLuminance,
    };

    private static SavedStep? Save(CaptureStep? step) =>
        step is null ? null : new SavedStep(DecisionDocument.Text(step.Status), [.. step.Warnings], step.Score);

    private static CaptureResult? Load(SavedResult? result) => result is null ? null : new CaptureResult
    {
        Liveness = Load(result.Liveness)!,
        FaceMatch = Load(result.FaceMatch),
        IpAnalysis = Load(result.IpAnalysis),
        Document = Load(result.Document),
        IsOfPicture = result.IsOfPicture,
        FaceQuality = result.FaceQuality,
        FaceLuminance = result.FaceLuminance,
    };

    private static CaptureStep? Load(SavedStep? step) =>
        step is null ? null : new CaptureStep(StepStatus(step.Status), step.Score, [.. step.Warnings]);

    private static SessionStatus Status(string text) => SessionStatusText.Parse(text) is var status and not SessionStatus.Unknown
        ? status
        : throw new InvalidDataException("A session has a status that does not exist.");

    private static FeatureStatus StepStatus(string text)
    {
        foreach (var status in StepStatuses)
        {
            if (string.Equals(DecisionDocument.Text(status), text, StringComparison.Ordinal))
            {
                return status;
            }
        }

        throw new InvalidDataException("A step has a status that does not exist.");
    }

    private static HeldPicture? Picture(byte[]? bytes) => bytes is null ? null : new HeldPicture(bytes);
}
