using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Refuses a configuration that is missing, contradictory or unsafe, and names the setting.</summary>
internal sealed class BiometricStepUpOptionsValidator(
    IHostEnvironment environment,
    IOptionsMonitor<BiometricClientOptions> client,
    IEnumerable<TenantRegistration> tenants) : IValidateOptions<BiometricStepUpOptions>
{
    private const int MaxSecrets = 8;
    private static readonly Uri ProviderAddress = new("https://verification.didit.me");

    public ValidateOptionsResult Validate(string? name, BiometricStepUpOptions options)
    {
        List<string> problems = [];
        // What is set for all tenants is used by none as it is: what it lacks they may have.
        if (tenants.Any() && string.IsNullOrEmpty(name))
        {
            return ValidateOptionsResult.Success;
        }

        Secrets(options, problems);
        Origin(options, problems);
        Provider(name, options, problems);
        Times(options, problems);
        Numbers(options, problems);
        Reconciler(options, problems);
        Reasons(options, problems);
        SignIn(options.SignIn, problems);
        problems.AddRange(SurfaceOptionsCheck.Problems(options));
        Limits(options, problems);
        problems.AddRange(StepUpRulesCheck.Problems(options.Workflows));
        NetworkRisk(options.NetworkRisk, problems);
        problems.AddRange(EvidenceOptionsCheck.Problems(options.Evidence));
        return problems.Count == 0 ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(string.IsNullOrEmpty(name) ? problems : problems.Select(problem => $"Tenant '{name}': {problem}"));
    }

    private static void Secrets(BiometricStepUpOptions options, List<string> problems)
    {
        if (options.WebhookSecrets.Count is 0 or > MaxSecrets)
        {
            problems.Add($"Biometric:WebhookSecrets: give 1 to {MaxSecrets} secrets; without one no webhook could ever be trusted.");
        }
    }

    private void Origin(BiometricStepUpOptions options, List<string> problems)
    {
        if (string.IsNullOrEmpty(options.PublicOrigin))
        {
            if (!environment.IsDevelopment())
            {
                problems.Add("Biometric:PublicOrigin: name the application's own origin, such as https://bank.example; it may be left out in Development only.");
            }

            return;
        }

        if (!Uri.TryCreate(options.PublicOrigin, UriKind.Absolute, out var origin) || origin.PathAndQuery != "/" || origin.Fragment.Length > 0 || origin.UserInfo.Length > 0
            || !(origin.Scheme == Uri.UriSchemeHttps || (origin.Scheme == Uri.UriSchemeHttp && origin.IsLoopback)))
        {
            problems.Add("Biometric:PublicOrigin: an https origin without path (http on loopback only).");
        }
    }

    private void Provider(string? name, BiometricStepUpOptions options, List<string> problems)
    {
        if (options.Environment is not (ProviderEnvironment.Live or ProviderEnvironment.Sandbox))
        {
            problems.Add("Biometric:Environment: Live or Sandbox.");
        }

        if (string.IsNullOrWhiteSpace(options.Workflows.StepUp.Id))
        {
            problems.Add("Biometric:Workflows:StepUp:Id: name the provider's workflow for biometric re-authentication.");
        }

        if (environment.IsProduction() && !options.AllowNonLiveProviderInProduction)
        {
            const string Remedy = "or, for a rehearsal, set Biometric:AllowNonLiveProviderInProduction";
            if (options.Environment != ProviderEnvironment.Live)
            {
                problems.Add($"Biometric:Environment: a sandbox proves nobody's face and does not start in Production; use Live, {Remedy}.");
            }

            if (!string.Equals(AddressOfProvider(name)?.GetLeftPart(UriPartial.Authority), ProviderAddress.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase))
            {
                problems.Add($"Biometric:BaseAddress: another address than the provider's own does not start in Production; remove it, {Remedy}.");
            }
        }
    }

    /// <summary>The client's options say by themselves what is wrong with them; thrown from here it would hide everything else.</summary>
    private Uri? AddressOfProvider(string? name)
    {
        try
        {
            return client.Get(name).BaseAddress;
        }
        catch (OptionsValidationException)
        {
            return ProviderAddress;
        }
    }

    private static void Times(BiometricStepUpOptions options, List<string> problems)
    {
        Within(options.CaptureLifetime, BiometricStepUpOptions.LongestLifetime, "Biometric:CaptureLifetime", problems);
        Within(options.ExecutionLifetime, BiometricStepUpOptions.LongestLifetime, "Biometric:ExecutionLifetime", problems);
        Within(options.WebhookTimestampTolerance, TimeSpan.FromMinutes(5), "Biometric:WebhookTimestampTolerance", problems);
        Within(options.Access.Inactivity, TimeSpan.FromMinutes(5), "Biometric:Access:Inactivity", problems);
        Within(options.Access.Lifetime, TimeSpan.FromDays(1), "Biometric:Access:Lifetime", problems);
        Within(options.Devices.RememberFor, TimeSpan.FromDays(400), "Biometric:Devices:RememberFor", problems);
        Within(options.ReviewLifetime, TimeSpan.FromDays(30), "Biometric:ReviewLifetime", problems);
        Within(options.DeclinesWindow, TimeSpan.FromDays(1), "Biometric:DeclinesWindow", problems);
        Within(options.DecisionReadInterval, TimeSpan.FromMinutes(1), "Biometric:DecisionReadInterval", problems);
    }

    private static void Reconciler(BiometricStepUpOptions options, List<string> problems)
    {
        var reconciler = options.Reconciler;
        Within(reconciler.LongestPause, TimeSpan.FromMinutes(10), "Biometric:Reconciler:LongestPause", problems);
        Within(reconciler.FirstPause, reconciler.LongestPause, "Biometric:Reconciler:FirstPause", problems);
        if (reconciler.BatchSize is < 1 or > 1_000)
        {
            problems.Add("Biometric:Reconciler:BatchSize: 1 to 1000.");
        }

        if (reconciler.RemindAfter is { } remind)
        {
            Within(remind, options.CaptureLifetime, "Biometric:Reconciler:RemindAfter", problems);
        }
    }

    private static void Within(TimeSpan value, TimeSpan longest, string setting, List<string> problems)
    {
        if (value <= TimeSpan.Zero || value > longest)
        {
            problems.Add($"{setting}: more than zero and at most {longest}.");
        }
    }

    private static void Numbers(BiometricStepUpOptions options, List<string> problems)
    {
        if (options.FaceMatchFloorPercent is <= 0m or > 100m)
        {
            problems.Add("Biometric:FaceMatchFloorPercent: more than 0 and at most 100.");
        }

        if (options.LivenessFloorPercent is < 0m or > 100m)
        {
            problems.Add("Biometric:LivenessFloorPercent: 0 to 100.");
        }

        if (options.MaxChallengesPerUser < 1)
        {
            problems.Add("Biometric:MaxChallengesPerUser: at least 1.");
        }

        if (options.MaxDeclinesInARow is < 1 or > 5)
        {
            problems.Add("Biometric:MaxDeclinesInARow: 1 to 5 (RTS article 4(3)(b)).");
        }

        if (options.MaxWebhookBytes is < 1024 or > 4 * 1024 * 1024)
        {
            problems.Add("Biometric:MaxWebhookBytes: 1 KiB to 4 MiB.");
        }

        if (options.MaxSealedFormBytes is < 0 or > 1024 * 1024)
        {
            problems.Add("Biometric:MaxSealedFormBytes: 0 to 1 MiB.");
        }

        if (options.MaxSealedFilesBytes is < 0 or > 16 * 1024 * 1024)
        {
            problems.Add("Biometric:MaxSealedFilesBytes: 0 to 16 MiB.");
        }

        if (options.MaxApprovedBodyBytes is < 1024 or > 256 * 1024 * 1024)
        {
            problems.Add("Biometric:MaxApprovedBodyBytes: 1 KiB to 256 MiB.");
        }
    }

    private static void Limits(BiometricStepUpOptions options, List<string> problems)
    {
        if (options.MaxChallengesPerDevice < 1)
        {
            problems.Add("Biometric:MaxChallengesPerDevice: at least 1.");
        }

        if (options.BlockAfterDeclines is { } limit && (limit < options.MaxDeclinesInARow || limit > 100))
        {
            problems.Add("Biometric:BlockAfterDeclines: from Biometric:MaxDeclinesInARow to 100, or left out.");
        }
    }

    private static void Reasons(BiometricStepUpOptions options, List<string> problems)
    {
        foreach (var (name, reason) in options.Reasons)
        {
            var setting = $"Biometric:Reasons:{name}";
            if (!StepUpReasons.HasShape(name) || string.Equals(name, StepUpReason.Enrolment, StringComparison.Ordinal))
            {
                problems.Add($"{setting}: a reason has lower-case letters, digits and underscores, at most 40, and is not 'enrolment'.");
            }

            problems.AddRange(StepUpRulesCheck.Problems(StepUpRules.Of(reason, endpoint: null), options.Workflows, setting + ":"));
            if (reason.UsableWithoutClaim && name is StepUpReason.LoginNewDevice or StepUpReason.AccountRecovery)
            {
                problems.Add($"{setting}:{nameof(reason.UsableWithoutClaim)}: a sign-in or recovery is always claimed; nothing else says who sits there.");
            }
        }
    }

    private static void NetworkRisk(NetworkRiskOptions risk, List<string> problems)
    {
        // A configuration file can name a number that is no response.
        foreach (var (name, response) in new[]
        {
            (nameof(risk.VpnOrTor), risk.VpnOrTor), (nameof(risk.DataCentre), risk.DataCentre),
            (nameof(risk.CountryJump), risk.CountryJump), (nameof(risk.AddressDiffers), risk.AddressDiffers),
        })
        {
            if (!Enum.IsDefined(response))
            {
                problems.Add($"Biometric:NetworkRisk:{name}: Accept, ConfirmBeneficiary, SecondFactor or Hold.");
            }
        }
    }

    private static void SignIn(BiometricSignInOptions options, List<string> problems)
    {
        if (options.Ask is not (SignInAsk.NewDevice or SignInAsk.Always))
        {
            problems.Add("Biometric:SignIn:Ask: NewDevice or Always.");
        }

        LocalPath(options.OtherWayUrl, "Biometric:SignIn:OtherWayUrl", problems);
        LocalPath(options.LockedOutUrl, "Biometric:SignIn:LockedOutUrl", problems);
    }

    private static void LocalPath(string? url, string setting, List<string> problems)
    {
        if (url is not null && !LocalUrl.IsSafe(url))
        {
            problems.Add($"{setting}: a local path of the application, such as /account/recovery-code.");
        }
    }
}
