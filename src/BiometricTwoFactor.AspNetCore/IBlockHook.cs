namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Runs before a user's device, or all devices of the user that are not recognised, is blocked until somebody lifts it
/// (<see cref="BiometricStepUpOptions.BlockAfterDeclines"/>; RTS article 4(3)(b), which demands that the payer is told
/// before). Tell the user here, and prevent the block where there is a reason to.
/// </summary>
public interface IBlockHook
{
    /// <summary>Asked once for each declined capture that would block; after a prevented block the next one asks again.</summary>
    /// <param name="declined">The challenge whose decline reached the limit; its <see cref="StepUpChallenge.AskedFrom"/> says whether the device was recognised.</param>
    /// <param name="declinesInARow">How many were declined in a row, this one included.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>True lets the block happen; false prevents it. An exception is logged, and the block happens.</returns>
    ValueTask<bool> AllowBlockAsync(StepUpChallenge declined, int declinesInARow, CancellationToken cancellationToken = default);
}
