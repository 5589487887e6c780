namespace BiometricTwoFactor.Emulator.Tests.Console;

/// <summary>The stream that says that something has changed.</summary>
public sealed class EventStreamTests
{
    [Fact]
    public async Task A_change_is_told_and_the_stream_ends_with_the_emulator()
    {
        // The clock stands still: whoever watches is told all the same.
        var party = await RelyingParty.StartAsync(options => options.TimeProvider = new ManualTimeProvider(new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero)));
        await using var end = party;
        using var response = await party.Http.GetAsync("/emulator/api/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var first = await VersionAsync(lines);
        var session = await party.CreatedKycAsync();
        var second = await VersionAsync(lines);
        Assert.True(second > first);
        await party.Emulator.CompleteAsync(session.Id);
        Assert.True(await VersionAsync(lines) > second);

        await party.Emulator.DisposeAsync();
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            // What was on its way may still come; then there is nothing more.
            while (await lines.ReadLineAsync() is not null)
            {
            }

            throw new EndOfStreamException();
        });
    }

    [Fact]
    public async Task Many_changes_at_once_are_one_event()
    {
        await using var party = await RelyingParty.StartAsync();
        using var response = await party.Http.GetAsync("/emulator/api/events", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var before = await VersionAsync(lines);
        const int changes = 500;
        for (var i = 0; i < changes; i++)
        {
            party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiSlow });
        }

        var events = 0;
        long seen;
        do
        {
            seen = await VersionAsync(lines);
            events++;
        }
        while (seen < before + changes);
        Assert.InRange(events, 1, changes / 10);
    }

    private static async Task<long> VersionAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                return long.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        throw new EndOfStreamException();
    }
}
