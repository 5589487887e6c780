using BiometricTwoFactor.AspNetCore;
using BiometricTwoFactor.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>The real store with what makes and chains its evidence, as one process of an application has them.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly EvidenceChainer _chainer;
    private readonly StepUpFlow _flow;

    private StoreUnderTest(Action<BiometricStepUpBuilder> addStore, Func<IServiceProvider, IStoreDatabase> database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var services = builder.Services;
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        addStore(services.AddBiometricStepUp(
            options =>
            {
                options.Evidence.MasterKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

                // One signed checkpoint in a thousand entries, which the peer's script does not make.
                options.Evidence.CheckpointEvery = 1_000_000;
                options.WebhookSecrets.Add(new WebhookSecret("whsec-0123456789abcdef0123456789abcdef"));
                options.PublicOrigin = "https://bank.example";
                options.Workflows.StepUp.Id = "step-up";
                options.Workflows.Payment.Id = "payment";
            },
            client => client.ApiKey = "key"));
        services.Replace(ServiceDescriptor.Singleton<IStoreDatabase>(provider => Recorder = new RecordingDatabase(database(provider))));
        _host = builder.Build();
        Store = _host.Services.GetRequiredService<IStepUpStore>();
        _chainer = _host.Services.GetRequiredService<EvidenceChainer>();
        _flow = new StepUpFlow(Store, _host.Services.GetRequiredService<EvidenceRecorder>());
    }

    public IStepUpStore Store { get; }

    /// <summary>Writes down the statements while it is told to.</summary>
    public RecordingDatabase Recorder { get; private set; } = null!;

    public static StoreUnderTest OnPostgreSql(string connectionString) =>
        new(builder => builder.AddPostgreSqlStore(connectionString), services => new StoreDatabase<PostgreSqlStepUpContext>(services));

    public static StoreUnderTest OnSqlite(string connectionString) =>
        new(builder => builder.AddSqliteStore(connectionString), services => new StoreDatabase<SqliteStepUpContext>(services));

    /// <summary>The tables, and a key for each customer of these clients, as for people who come back.</summary>
    public async Task PrepareAsync(IEnumerable<int> clients)
    {
        await StoreMigration.ApplyAsync(Recorder, CancellationToken.None);
        await using (var context = await Recorder.ContextAsync(CancellationToken.None))
        {
            await Recorder.Schema.Engine.CheckAsync(Recorder, context.Context, mayCreate: false, CancellationToken.None);
        }

        var keys = _host.Services.GetRequiredService<EvidenceKeys>();
        await Task.WhenAll(clients.Select(async client =>
        {
            for (var customer = 0; customer < StepUpNumber.Customers; customer++)
            {
                await keys.GetOrAddAsync("", new StepUpNumber(client, customer).CustomerText(36), CancellationToken.None);
            }
        }));
    }

    public Task RunWithoutChainAsync(StepUpNumber number) => _flow.RunAsync(number);

    public Task<int> ChainAsync() => _chainer.ChainAsync(CancellationToken.None);

    /// <summary>A client's step-ups one after the other, chained in batches.</summary>
    public async Task RunAsync(int client, int from, int count)
    {
        for (var number = new StepUpNumber(client, from); number.Index < from + count; number = number with { Index = number.Index + 1 })
        {
            await _flow.RunAsync(number);
            if (number.EndsBatch)
            {
                await ChainAsync();
            }
        }
    }

    /// <summary>The host was never started: what serves in the background would be one client more.</summary>
    public ValueTask DisposeAsync() => ((IAsyncDisposable)_host).DisposeAsync();
}
