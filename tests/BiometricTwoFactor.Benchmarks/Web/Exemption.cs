using BenchmarkDotNet.Attributes;
using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// Promise: to decide on an exemption costs at most a hundredth of making a challenge, in memory and with its evidence. All ten rules
/// are asked, and none exempts.
/// </summary>
public class Exemption
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private IHost _host = null!;
    private IStepUpStore _store = null!;
    private EvidenceRecorder _recorder = null!;
    private ExemptionProgramme _programme = null!;
    private TransactionFacts _facts = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddBiometricStepUp(
            options =>
            {
                options.PublicOrigin = "https://bank.example";
                options.WebhookSecrets.Add(new WebhookSecret("wh_benchmark_secret_0123456789abcdef"));
                options.Workflows.StepUp.Id = "22222222-3333-4444-5555-666666666666";
            },
            client => client.ApiKey = "benchmark-key");
        _host = builder.Build();
        _store = _host.Services.GetRequiredService<IStepUpStore>();
        _recorder = _host.Services.GetRequiredService<EvidenceRecorder>();
        var programme = new ExemptionProgrammeOptions { Basis = ExemptionBasis.Applied, CorporateProcesses = { "treasury-host" }, FraudRates = { new FraudRate(PaymentInstrument.CreditTransfer, 0.00005m, _now) } };
        foreach (var kind in Enum.GetValues<ExemptionKind>().Where(kind => kind != ExemptionKind.None))
        {
            programme.Exemptions.Add(kind);
        }

        _programme = ExemptionProgramme.Create(programme);
        _facts = TransactionFacts.OfPayment(ScaOperation.RemotePayment, 1_000_000m, "EUR", "DE89370400440532013000", "Ada Lovelace", "order-1") with
        {
            Instrument = PaymentInstrument.CreditTransfer,
            Monitoring = MonitoringAdvice.Clear,
            PayeeIsTrusted = false,
            IsBetweenOwnAccounts = false,
            Risk = RiskSignals.None,
        };
    }

    [GlobalCleanup]
    public void Stop() => _host.Dispose();

    [Benchmark(Baseline = true)]
    public async Task<StepUpChallenge?> Challenge()
    {
        var id = ChallengeIds.New();
        var challenge = new StepUpChallenge
        {
            Id = id,
            Binding = new StepUpBinding { Scheme = CookieAuthenticationDefaults.AuthenticationScheme, Subject = id, SessionHash = StepUpBinding.HashSession(id) },
            VendorData = id,
            Reason = StepUpReason.SettingsChange,
            Action = "POST /transfers",
            Transaction = _facts.Payment,
            Digest = _facts.Payment!.Digest.ToString(),
            WorkflowId = "22222222-3333-4444-5555-666666666666",
            CreatedAt = _now,
            Deadline = _now.AddMinutes(10),
            Original = new OriginalRequest("POST", "/transfers"),
        };
        return await _store.AddOrGetAsync(challenge, int.MaxValue, _now.AddMinutes(-10), evidence: _recorder.Asked(challenge));
    }

    [Benchmark]
    public ExemptionDecision Decide() => ExemptionEngine.Decide(_facts, ExemptionCounters.None, _programme, _now);
}
