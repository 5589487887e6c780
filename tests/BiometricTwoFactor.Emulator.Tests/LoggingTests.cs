namespace BiometricTwoFactor.Emulator.Tests;

public sealed class LoggingTests
{
    [Fact]
    public async Task Deliveries_are_logged_by_ids_and_statuses_and_nothing_else()
    {
        using var log = new CapturingLog();
        await using var party = await RelyingParty.StartAsync(options => options.LoggerFactory = log);
        var session = await party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.KycEnrolmentId,
            vendor_data = "user-42",
            metadata = new { payee_name = "Canary" },
        });
        await party.Http.GetStringAsync(session.Url);
        await party.Emulator.CompleteAsync(session.Id);

        Assert.Contains($"Webhook of session {session.Id}, Approved: Accepted (200), attempt 1", log.Lines);
        Assert.All(log.Lines, line =>
        {
            string[] secrets = [session.Token, RelyingParty.ApiKey, RelyingParty.Secret, "user-42", "Canary", party.Receiver.Url.AbsolutePath];
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, line, StringComparison.Ordinal));
        });
    }
}
