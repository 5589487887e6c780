using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>A commit whose answer is lost, under an execution strategy that tries again.</summary>
public sealed class CommitInDoubtTests
{
    [Fact]
    public async Task Where_no_face_was_asked_nothing_runs_twice()
    {
        using var file = new SqliteFile();
        var network = new LosesAnAnswer();
        var services = new ServiceCollection();
        services.AddDbContext<BankContext>(options => options
            .UseSqlite(file.ConnectionString, sqlite => sqlite.ExecutionStrategy(dependencies => new TriesAgain(dependencies)))
            .AddInterceptors(network));
        services.AddBiometricStepUp(_ => { }, _ => { }).AddEntityFrameworkStore<BankContext>();
        await using var built = services.BuildServiceProvider();
        await using var scope = built.CreateAsyncScope();
        var bank = scope.ServiceProvider.GetRequiredService<BankContext>();
        await bank.Database.EnsureCreatedAsync();
        var request = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        request.Features.Set<IBiometricApprovalToUse>(new NothingToUse());

        network.IsArmed = true;
        var runs = 0;
        await Assert.ThrowsAsync<TimeoutException>(() => bank.RunApprovedAsync(request, _ =>
        {
            runs++;
            bank.Transfers.Add(new TransferRow());
            return Task.CompletedTask;
        }));
        Assert.Equal(1, runs);
        Assert.Equal(1, await bank.Transfers.CountAsync());
    }

    private sealed class TriesAgain(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, 3, TimeSpan.FromMilliseconds(1))
    {
        protected override bool ShouldRetryOn(Exception exception) => exception is TimeoutException;
    }

    private sealed class LosesAnAnswer : DbTransactionInterceptor
    {
        /// <summary>True while the next answer is to be lost.</summary>
        public bool IsArmed { get; set; }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (!IsArmed)
            {
                return Task.CompletedTask;
            }

            IsArmed = false;
            throw new TimeoutException("The answer was lost.");
        }
    }

    private sealed class NothingToUse : IBiometricApprovalToUse
    {
        public ConsumeRequest? Request => null;

        public bool IsUsed => true;

        public Task CompleteAsync(StepUpChallenge consumed, CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
