namespace BiometricTwoFactor;

/// <summary>Sets a session's status by hand (contract 6).</summary>
public sealed record UpdateStatusRequest
{
    /// <summary>Names the new status.</summary>
    /// <param name="newStatus"><see cref="SessionStatus.Approved"/>, <see cref="SessionStatus.Declined"/> or <see cref="SessionStatus.Resubmitted"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another status, which the provider does not set by hand.</exception>
    public UpdateStatusRequest(SessionStatus newStatus)
    {
        if (newStatus is not (SessionStatus.Approved or SessionStatus.Declined or SessionStatus.Resubmitted))
        {
            throw new ArgumentOutOfRangeException(nameof(newStatus), "Only Approved, Declined and Resubmitted are set by hand.");
        }

        NewStatus = newStatus;
    }

    /// <summary>The new status.</summary>
    public SessionStatus NewStatus { get; }

    /// <summary>Why, for the provider's records.</summary>
    public string? Comment { get; init; }

    /// <summary>The steps to send back, for <see cref="SessionStatus.Resubmitted"/>.</summary>
    public IReadOnlyList<NodeToResubmit> NodesToResubmit { get; init; } = [];

    /// <summary>Whether the provider mails the user; null leaves its default.</summary>
    public bool? SendEmail { get; init; }

    /// <summary>The address to mail to.</summary>
    public string? EmailAddress { get; init; }

    /// <summary>The mail's language.</summary>
    public string? EmailLanguage { get; init; }

    /// <summary>The new status only.</summary>
    public override string ToString() => NewStatus.ToString();
}

/// <summary>A step of a workflow that the user has to do again.</summary>
/// <param name="NodeId">The step's <c>node_id</c> in the decision.</param>
/// <param name="Feature">Its feature, such as <c>FACE_MATCH</c>.</param>
public sealed record NodeToResubmit(string NodeId, string Feature);
