namespace BiometricTwoFactor.Emulator;

/// <summary>Where a browser goes when the capture is over, by <c>callback_method</c> (contract 1.1).</summary>
internal static class CallbackRule
{
    /// <param name="method"><c>initiator</c>, <c>completer</c> or <c>both</c>.</param>
    /// <param name="role">What the browser is to the session.</param>
    /// <param name="finishedHere">The capture was finished in it.</param>
    public static BrowserEnd Decide(string method, DeviceRole role, bool finishedHere)
    {
        var redirects = method switch
        {
            "completer" => finishedHere,
            "both" => true,
            _ => role == DeviceRole.Initiator,
        };
        return redirects ? BrowserEnd.Callback
            : role == DeviceRole.Other ? BrowserEnd.GoBack
            : BrowserEnd.Close;
    }
}

/// <summary>What a browser does when the capture is over.</summary>
internal enum BrowserEnd
{
    /// <summary>It is sent to the callback.</summary>
    Callback,

    /// <summary>It stays: the flow goes on in the browser in which it started.</summary>
    GoBack,

    /// <summary>It stays: the flow goes on where the capture was finished.</summary>
    Close,
}
