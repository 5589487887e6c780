namespace BiometricTwoFactor.AspNetCore;

/// <summary>How the provider's page is reached from the confirm page (<see cref="BiometricPageOptions.Capture"/>).</summary>
public enum CapturePresentation
{
    /// <summary>The whole window goes to the provider and comes back. The default: nothing of the provider runs in a page of the application.</summary>
    Redirect = 0,

    /// <summary>The provider's web SDK opens it in a frame over the confirm page. Without a script the window is redirected.</summary>
    Modal,

    /// <summary>The provider's web SDK opens it in a frame within the confirm page. Without a script the window is redirected.</summary>
    Inline,
}
