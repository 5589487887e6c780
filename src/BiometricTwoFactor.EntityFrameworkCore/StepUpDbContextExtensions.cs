namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Uses an approval in the transaction of what it approves.</summary>
public static class StepUpDbContextExtensions
{
}
