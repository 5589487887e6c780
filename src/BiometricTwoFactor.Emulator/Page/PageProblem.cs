namespace BiometricTwoFactor.Emulator;

/// <summary>Why the hosted page is shown again.</summary>
/// <param name="Reasons">A sentence each.</param>
/// <param name="IsOfPicture">It is about the picture, not about the choice of an outcome.</param>
/// <param name="TriesLeft">How many more pictures may be tried; null when none was used up.</param>
internal sealed record PageProblem(IReadOnlyList<string> Reasons, bool IsOfPicture = false, int? TriesLeft = null);
