using System.Text.RegularExpressions;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Testing.Tests;

/// <summary>Logs are captured with all that they carry.</summary>
public sealed class LogCaptureTests : IDisposable
{
    private readonly LogCapture _logs = new();
    private readonly ILoggerFactory _factory;
    private readonly ILogger _logger;

    public LogCaptureTests()
    {
        _factory = LoggerFactory.Create(logging => logging.AddProvider(_logs).SetMinimumLevel(LogLevel.Trace));
        _logger = _factory.CreateLogger("Bank.Payments");
    }

    public void Dispose() => _factory.Dispose();

    [Fact]
    public void An_entry_has_everything_that_was_logged()
    {
        var failure = new InvalidOperationException("broken");
        using (_logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["Request"] = "r-1" }))
        using (_logger.BeginScope("inner"))
        {
            _logger.Log(LogLevel.Warning, new EventId(7, "Refused"), failure, "Refused {Amount} of {User}", 1.5m, null);
        }

        var entry = Assert.Single(_logs.Entries);
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Equal("Bank.Payments", entry.Category);
        Assert.Equal(7, entry.EventId.Id);
        Assert.Equal("Refused", entry.EventId.Name);
        Assert.Equal("Refused 1.5 of (null)", entry.Message);
        Assert.Equal("1.5", entry.Values["Amount"]);
        Assert.Null(entry.Values["User"]);
        Assert.Same(failure, entry.Exception);
        Assert.Equal(2, entry.Scopes.Count);
        Assert.Contains("[Request=r-1]", entry.Scopes[0], StringComparison.Ordinal);
        Assert.Equal("inner", entry.Scopes[1]);
    }

    [Theory]
    [InlineData("in-the-message")]
    [InlineData("in-a-value")]
    [InlineData("in-a-scope")]
    [InlineData("in-the-exception")]
    [InlineData("Payments")]
    [InlineData("in-the-event")]
    public void A_secret_is_found_wherever_it_stands(string secret)
    {
        using (_logger.BeginScope("in-a-scope"))
        {
            _logger.Log(
                LogLevel.Trace,
                new EventId(1, "in-the-event"),
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["hidden"] = new[] { "first", "in-a-value" } },
                new InvalidOperationException("outer", new FormatException("in-the-exception")),
                (_, _) => "in-the-message");
        }

        Assert.Single(_logs.Containing("nowhere", secret));
        Assert.Empty(_logs.Containing("nowhere"));
        Assert.Empty(_logs.Containing(secret.ToUpperInvariant()));
        Assert.Throws<ArgumentException>(() => _logs.Containing(""));
    }

    [Fact]
    public async Task An_entry_that_is_yet_to_come_can_be_waited_for()
    {
        var wait = _logs.WaitForAsync(entry => entry.EventId.Id == 2);
        _logger.LogInformation(new EventId(1), "not yet");
        Assert.False(wait.IsCompleted);
        _logs.Clear();

        _logger.LogInformation(new EventId(2), "now");

        Assert.Equal("now", (await wait).Message);
        Assert.Equal("now", Assert.Single(_logs.Entries).Message);
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => _logs.WaitForAsync(entry => entry.EventId.Id == 3, TimeSpan.FromMilliseconds(30)));
        Assert.Contains("1 others", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_up_logs_no_secret()
    {
        using var logs = new LogCapture();
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider).WithWebHostBuilder(web => web.ConfigureTestServices(
            services => services.AddLogging(logging => logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace))));
        using var ada = await app.SignedInAsync(provider);
        using var answer = await ada.SendWithFaceAsync(provider.Emulator, () => Customer.Call());

        var session = provider.Emulator.Sessions.Single();
        var code = Regex.Match(session.Callback!, "/callback/([A-Za-z0-9_-]+)").Groups[1].Value;
        Assert.Contains(logs.Entries, entry => entry.Category.StartsWith("BiometricTwoFactor", StringComparison.Ordinal));
        Assert.Empty(logs.Containing(provider.Emulator.ApiKey, provider.Emulator.WebhookSecret, session.Token.Reveal(), code));
    }
}
