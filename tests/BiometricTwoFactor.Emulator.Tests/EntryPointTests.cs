using System.Diagnostics;
using Microsoft.AspNetCore.Builder;

namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>
/// <c>dotnet ef</c> and <c>WebApplicationFactory</c> run an application's entry point and take the host that it builds: the
/// emulator that it starts before is not that host.
/// </summary>
public sealed class EntryPointTests
{
    [Fact]
    public async Task The_emulators_host_is_not_taken_for_the_applications()
    {
        using var resolver = new HostFactoryResolver();

        await using var emulator = await BiometricEmulator.StartAsync();
        Assert.Equal([], resolver.Seen);
        await using var application = WebApplication.CreateSlimBuilder().Build();
        Assert.Equal(["HostBuilding", "HostBuilt"], resolver.Seen);
    }

    [Fact]
    public async Task It_starts_where_the_flow_is_suppressed_already()
    {
        Task<BiometricEmulator> starting;
        using (ExecutionContext.SuppressFlow())
        {
            starting = Task.Run(() =>
            {
                using (ExecutionContext.SuppressFlow())
                {
                    return BiometricEmulator.StartAsync();
                }
            });
        }

        await using var emulator = await starting;
        Assert.True(emulator.BaseAddress.IsLoopback);
    }

    /// <summary>Listens as the framework's own does: to what is built in the flow of the entry point.</summary>
    private sealed class HostFactoryResolver : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly AsyncLocal<HostFactoryResolver?> _current = new();
        private readonly List<IDisposable> _subscriptions = [];

        public HostFactoryResolver()
        {
            _current.Value = this;
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public List<string> Seen { get; } = [];

        public void OnNext(DiagnosticListener value)
        {
            if (_current.Value == this && value.Name == "Microsoft.Extensions.Hosting")
            {
                _subscriptions.Add(value.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (_current.Value == this)
            {
                Seen.Add(value.Key);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
    }
}
