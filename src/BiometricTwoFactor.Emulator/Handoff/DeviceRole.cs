namespace BiometricTwoFactor.Emulator;

/// <summary>What a browser is to a session.</summary>
internal enum DeviceRole
{
    /// <summary>The first that opened the page: the flow started there.</summary>
    Initiator,

    /// <summary>Any other: it was handed the session, or was given its address.</summary>
    Other,
}
