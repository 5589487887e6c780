namespace BiometricTwoFactor.AspNetCore;

/// <summary>How a signed delivery is remembered, in the same write as its effect (protocol 6.3).</summary>
/// <param name="Id">Says that it had its effect: the same for the same bytes of the same tenant. Case counts.</param>
public sealed record DeliveryMark(string Id)
{
    /// <summary>The provider's id of the event, which several deliveries can have; null where it gave none.</summary>
    public string? EventId { get; init; }

    /// <summary>The hash of the delivery's body, for its event. Case counts.</summary>
    public string BodyHash { get; init; } = "";
}

/// <summary>What the store knows of a delivery.</summary>
public enum DeliveryStanding
{
    /// <summary>Its event came with another body: it is not to be trusted as it is.</summary>
    EventChanged = 0,

    /// <summary>It had no effect yet.</summary>
    New,

    /// <summary>It had its effect.</summary>
    Applied,
}

/// <summary>What a delivery meets.</summary>
/// <param name="Challenge">The challenge of its session, as <see cref="IStepUpStore.FindBySessionAsync"/> finds it.</param>
/// <param name="Standing">What is known of the delivery itself.</param>
public sealed record DeliveryTarget(StepUpChallenge? Challenge, DeliveryStanding Standing);
