using System.Net;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>The approval is used in the transaction of the transfer: both happen, or neither (protocol 7.3).</summary>
public abstract class JoinedUseContract : IAsyncLifetime
{
    private Bank _bank = null!;

    public async Task InitializeAsync() => _bank = await StartAsync();

    public async Task DisposeAsync()
    {
        await _bank.DisposeAsync();
        await CleanAsync();
    }

    [Theory]
    [InlineData("/transfers")]
    [InlineData("/own-transaction")]
    public async Task One_face_moves_money_once(string url)
    {
        var id = await _bank.ApprovedAsync(url);
        Assert.Equal(HttpStatusCode.OK, (await _bank.PayAsync(url, id)).StatusCode);
        Assert.Equal(1, await _bank.TransfersAsync());
        Assert.Equal(ChallengeState.Consumed, (await _bank.Store.FindAsync(id))!.State);
        Assert.Equal([id], Used());

        Assert.Equal(HttpStatusCode.Conflict, (await _bank.PayAsync(url, id)).StatusCode);
        Assert.Equal(1, await _bank.TransfersAsync());
        Assert.Equal([id], Used());
    }

    [Theory]
    [InlineData("/transfers", "fail", HttpStatusCode.InternalServerError)]
    [InlineData("/own-transaction", "rollback", HttpStatusCode.UnprocessableEntity)]
    public async Task What_fails_after_the_use_takes_the_use_back(string url, string mode, HttpStatusCode answer)
    {
        var id = await _bank.ApprovedAsync(url);
        Assert.Equal(answer, (await _bank.PayAsync(url, id, mode)).StatusCode);
        Assert.Equal(0, await _bank.TransfersAsync());
        Assert.Equal(ChallengeState.Approved, (await _bank.Store.FindAsync(id))!.State);
        Assert.Empty(Used());

        Assert.Equal(HttpStatusCode.OK, (await _bank.PayAsync(url, id)).StatusCode);
        Assert.Equal(1, await _bank.TransfersAsync());
        Assert.Equal([id], Used());
    }

    [Fact]
    public async Task Of_a_hundred_requests_at_once_one_moves_money()
    {
        var id = await _bank.ApprovedAsync("/transfers");
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _bank.PayAsync("/transfers", id)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(99, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(1, await _bank.TransfersAsync());
        Assert.Equal([id], Used());
    }

    [Fact]
    public async Task Of_twenty_repeats_of_one_operation_at_once_one_moves_money()
    {
        var id = await _bank.ApprovedAsync("/transfers");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _bank.PayAsync("/transfers", id, key: "payment-1")));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(1, await _bank.TransfersAsync());
    }

    [Fact]
    public async Task Other_facts_are_refused_before_the_endpoint()
    {
        var id = await _bank.ApprovedAsync("/transfers");
        Assert.Equal(HttpStatusCode.Conflict, (await _bank.PayAsync("/transfers", id, account: "GB29NWBK60161331926819")).StatusCode);
        Assert.Equal(0, await _bank.TransfersAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await _bank.PayAsync("/transfers")).StatusCode);
    }

    [Fact]
    public async Task An_endpoint_that_forgets_to_use_the_approval_fails_in_development()
    {
        var id = await _bank.ApprovedAsync("/forgetful");
        Assert.Equal(HttpStatusCode.InternalServerError, (await _bank.PayAsync("/forgetful", id)).StatusCode);
        Assert.Contains(_bank.Logs.Entries, entry => entry.EventId.Id == 2406);
    }

    [Fact]
    public async Task A_payment_that_the_application_keeps_itself_moves_money_once_too()
    {
        var id = await _bank.ApprovedAsync("/plain");
        Assert.Equal("Consumed", await SendAsync("/kept/" + id));
        Assert.Equal("AlreadyYours", await SendAsync("/kept/" + id));
        Assert.Equal("NotUsable", await SendAsync("/kept/AAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        Assert.Equal(1, await _bank.TransfersAsync());
        Assert.Equal([id], Used());
    }

    [Fact]
    public async Task An_action_without_a_payment_is_used_in_a_transaction_as_well()
    {
        var id = await _bank.ApprovedAsync("/settings");
        using var answer = await _bank.PayAsync("/settings", id);
        Assert.Equal("Consumed", await answer.Content.ReadAsStringAsync());
        Assert.Equal([id], Used());
    }

    [Fact]
    public async Task Without_a_transaction_to_join_it_is_a_mistake()
    {
        var id = await _bank.ApprovedAsync("/own-transaction");
        Assert.Equal(HttpStatusCode.InternalServerError, (await _bank.PayAsync("/own-transaction", id, "none")).StatusCode);
        Assert.Equal(ChallengeState.Approved, (await _bank.Store.FindAsync(id))!.State);
    }

    internal abstract Task<Bank> StartAsync();

    protected virtual Task CleanAsync() => Task.CompletedTask;

    private async Task<string> SendAsync(string url)
    {
        using var answer = await _bank.PayAsync(url);
        return await answer.Content.ReadAsStringAsync();
    }

    private string[] Used() => [.. _bank.Events.Where(one => one.Kind == StepUpEventKind.Consumed).Select(one => one.Challenge.Id)];
}
