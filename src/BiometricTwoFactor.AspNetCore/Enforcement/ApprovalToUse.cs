using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// A request that was let in to use its approval in a transaction of its own (protocol 7.3). Before its response begins it is
/// looked whether it did: an endpoint that forgets it would act on a face as often as it is called.
/// </summary>
internal sealed class ApprovalToUse : IBiometricApprovalToUse
{
    private readonly Func<StepUpChallenge, Task> _follow;
    private readonly ILogger _logger;

    private ApprovalToUse(ConsumeRequest? request, Func<StepUpChallenge, Task> follow, ILogger logger)
    {
        Request = request;
        IsUsed = request is null;
        _follow = follow;
        _logger = logger;
    }

    public ConsumeRequest? Request { get; }

    public bool IsUsed { get; private set; }

    /// <summary>Gives the request what its endpoint is to use.</summary>
    /// <param name="context">The request.</param>
    /// <param name="request">What to use; null where no face is asked.</param>
    /// <param name="follow">What follows from the use.</param>
    public static void Give(HttpContext context, ConsumeRequest? request, Func<StepUpChallenge, Task> follow)
    {
        var approval = new ApprovalToUse(request, follow, context.RequestServices.GetRequiredService<ILogger<ApprovalToUse>>());
        context.Features.Set<IBiometricApprovalToUse>(approval);
        if (!approval.IsUsed)
        {
            context.Response.OnStarting(approval.CheckAsync, context);
        }
    }

    public async Task CompleteAsync(StepUpChallenge consumed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consumed);
        if (IsUsed)
        {
            return;
        }

        IsUsed = true;
        try
        {
            await _follow(consumed).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The action is done and committed: nothing that comes after it may make it look as if it had failed.
            Log.AfterUseFailed(_logger, failure, consumed.Id);
        }
    }

    private Task CheckAsync(object state)
    {
        var context = (HttpContext)state;
        if (IsUsed || context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            return Task.CompletedTask;
        }

        var endpoint = context.GetEndpoint()?.DisplayName ?? "";
        Log.ApprovalNotUsed(_logger, endpoint);
        return context.RequestServices.GetService<IHostEnvironment>()?.IsDevelopment() == true
            ? throw new InvalidOperationException($"{endpoint} has UseInTransaction and answered without having used the approval: call RunApprovedAsync or TryUseApprovalAsync of BiometricTwoFactor.EntityFrameworkCore, or take the option away.")
            : Task.CompletedTask;
    }
}
