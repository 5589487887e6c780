using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Missing, contradictory or unsafe configuration stops the start and names the setting (protocol 1.4, attacks 42, 69).</summary>
public sealed class StartupConfigurationTests
{
    [Fact]
    public async Task A_complete_configuration_starts_in_production() => Assert.Null(await new Starting().ProblemAsync());

    [Theory]
    [InlineData("ApiKey", null)]
    [InlineData("ApiKey", "with a space")]
    [InlineData("PublicOrigin", null)]
    [InlineData("PublicOrigin", "")]
    [InlineData("PublicOrigin", "bank.example")]
    [InlineData("PublicOrigin", "http://bank.example")]
    [InlineData("PublicOrigin", "ftp://bank.example")]
    [InlineData("PublicOrigin", "https://bank.example/app")]
    [InlineData("PublicOrigin", "https://bank.example/?a=1")]
    [InlineData("PublicOrigin", "https://bank.example/#a")]
    [InlineData("PublicOrigin", "https://user@bank.example")]
    [InlineData("Workflows:StepUp:Id", null)]
    [InlineData("Workflows:StepUp:Id", "  ")]
    [InlineData("Environment", "Unknown")]
    [InlineData("Environment", "Sandbox")]
    [InlineData("Environment", "7")]
    [InlineData("Environment", "Life")]
    [InlineData("BaseAddress", "http://127.0.0.1:9")]
    [InlineData("BaseAddress", "https://provider.example")]
    [InlineData("BaseAddress", "https://verification.didit.me.evil.example")]
    [InlineData("BaseAddress", "http://verification.didit.me")]
    [InlineData("CaptureLifetime", "00:00:00")]
    [InlineData("CaptureLifetime", "-00:01:00")]
    [InlineData("CaptureLifetime", "00:10:00.0000001")]
    [InlineData("CaptureLifetime", "10")]
    [InlineData("ExecutionLifetime", "00:00:00")]
    [InlineData("ExecutionLifetime", "00:10:00.0000001")]
    [InlineData("ReviewLifetime", "00:00:00")]
    [InlineData("ReviewLifetime", "31.00:00:00")]
    [InlineData("DeclinesWindow", "00:00:00")]
    [InlineData("DeclinesWindow", "2.00:00:00")]
    [InlineData("DecisionReadInterval", "00:00:00")]
    [InlineData("DecisionReadInterval", "00:02:00")]
    [InlineData("WebhookTimestampTolerance", "00:00:00")]
    [InlineData("WebhookTimestampTolerance", "00:05:01")]
    [InlineData("FaceMatchFloorPercent", "0")]
    [InlineData("FaceMatchFloorPercent", "-1")]
    [InlineData("FaceMatchFloorPercent", "100.01")]
    [InlineData("FaceMatchFloorPercent", "101")]
    [InlineData("FaceMatchFloorPercent", "high")]
    [InlineData("LivenessFloorPercent", "-0.01")]
    [InlineData("LivenessFloorPercent", "101")]
    [InlineData("MaxChallengesPerUser", "0")]
    [InlineData("MaxDeclinesInARow", "0")]
    [InlineData("MaxDeclinesInARow", "6")]
    [InlineData("MaxWebhookBytes", "1023")]
    [InlineData("MaxWebhookBytes", "4194305")]
    [InlineData("MaxSealedFormBytes", "-1")]
    [InlineData("MaxSealedFormBytes", "1048577")]
    [InlineData("Reasons:high_value_txn:Thresholds:EUR", "-0.01")]
    [InlineData("Reasons:high_value_txn:Thresholds:eur", "30")]
    [InlineData("Reasons:high_value_txn:StrongThresholds:EURO", "30")]
    [InlineData("Reasons:high_value_txn:FaceMatchFloorPercent", "101")]
    [InlineData("Reasons:settings_change:LivenessFloorPercent", "-1")]
    [InlineData("Reasons:login_new_device:UsableWithoutClaim", "true")]
    [InlineData("Reasons:account_recovery:UsableWithoutClaim", "true")]
    [InlineData("Reasons:Change PIN:FaceMatchFloorPercent", "90")]
    [InlineData("Reasons:enrolment:FaceMatchFloorPercent", "90")]
    [InlineData("Reasons:a_reason_that_is_longer_than_forty_characters:FaceMatchFloorPercent", "90")]
    [InlineData("Reasons:high_value_txn:Workflow", "Payment")] // which has no id here
    [InlineData("Reasons:high_value_txn:Workflow", "stepup")]
    [InlineData("Reasons:settings_change:Workflow", "Enrolment")]
    [InlineData("Reasons:high_value_txn:StrongWorkflow", "Mine")]
    [InlineData("Reasons:high_value_txn:StrongWorkflow", "StepUp")]
    [InlineData("Reasons:high_value_txn:StrongThresholds:EUR", "30")] // and no stronger workflow
    [InlineData("Workflows:Other:Strong:Id", "workflow-strong")]
    [InlineData("Workflows:Other:Mine:Id", "")]
    [InlineData("MaxChallengesPerDevice", "0")]
    [InlineData("BlockAfterDeclines", "4")]
    [InlineData("BlockAfterDeclines", "101")]
    [InlineData("Devices:RememberFor", "00:00:00")]
    [InlineData("Access:Inactivity", "00:05:01")]
    [InlineData("NetworkRisk:VpnOrTor", "4")]
    [InlineData("NetworkRisk:DataCentre", "-1")]
    [InlineData("NetworkRisk:CountryJump", "9")]
    [InlineData("NetworkRisk:AddressDiffers", "Ignore")]
    [InlineData("Access:Lifetime", "1.00:00:01")]
    [InlineData("Devices:RememberFor", "401.00:00:00")]
    [InlineData("Reasons:high_value_txn:Thresholds:XXZ", "30")]
    [InlineData("Reasons:high_value_txn:Thresholds:EUR", "30.001")]
    [InlineData("Reasons:high_value_txn:StrongThresholds:JPY", "0.5")]
    [InlineData("MaxSealedFilesBytes", "-1")]
    [InlineData("MaxSealedFilesBytes", "16777217")]
    [InlineData("MaxApprovedBodyBytes", "1023")]
    [InlineData("MaxApprovedBodyBytes", "268435457")]
    [InlineData("Reconciler:FirstPause", "00:00:00")]
    [InlineData("Reconciler:FirstPause", "00:02:01")]
    [InlineData("Reconciler:LongestPause", "00:10:01")]
    [InlineData("Reconciler:BatchSize", "0")]
    [InlineData("Reconciler:BatchSize", "1001")]
    [InlineData("Reconciler:RemindAfter", "00:00:00")]
    [InlineData("Reconciler:RemindAfter", "00:10:01")]
    public async Task A_setting_that_will_not_do_stops_the_start_and_is_named(string setting, string? value)
    {
        var starting = new Starting();
        starting.Settings["Biometric:" + setting] = value;

        var problem = await starting.ProblemAsync();

        Assert.NotNull(problem);
        Assert.Contains("Biometric:" + (setting.StartsWith("Reasons", StringComparison.Ordinal) || setting.StartsWith("Workflows:Other", StringComparison.Ordinal) ? string.Join(':', setting.Split(':')[..2]) : setting), problem, StringComparison.Ordinal);
        Assert.DoesNotContain(Starting.Secret, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("key-of-these-tests", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PublicOrgin", "https://bank.example")]
    [InlineData("Workflow:StepUp:Id", "workflow", "Workflow")]
    [InlineData("Workflows:Mine:Id", "workflow", "Workflows:Mine")]
    [InlineData("Workflows:StepUp:Name", "workflow")]
    [InlineData("Workflows:StepUp:LivenessMethod", "Blinking")]
    [InlineData("Workflows:Strong:RequireIpAnalysis", "yes")]
    [InlineData("Workflows:Other:Mine:LivenessMethod", "Blinking")]
    [InlineData("Access:Idle", "00:05:00")]
    [InlineData("NetworkRisk:Vpn", "Hold")]
    [InlineData("Evidence:Retension", "1827.00:00:00")]
    [InlineData("Evidence:FormerMasterKey", "a key")]
    [InlineData("Reasons:settings_change:FaceMatchFlorPercent", "95")]
    [InlineData("Reasons:settings_change:FaceMatchFloorPercent", "95%")]
    [InlineData("Reasons:settings_change:FaceMatchFloorPercent", "abc")]
    [InlineData("Reasons:delete_account:LivenessFloorPercent", "99,5")]
    [InlineData("Reasons:high_value_txn:Thresholds:EUR", "100,00")]
    [InlineData("Reasons:high_value_txn:Thresholds:EUR", "100 EUR")]
    [InlineData("Reasons:high_value_txn:StrongThresholds:EUR", "5.000,00")]
    [InlineData("Reasons:high_value_txn:Thresholds:EURO", "100.00")]
    [InlineData("Reasons:high_value_txn:Treshold:EUR", "100.00", "Reasons:high_value_txn:Treshold")]
    [InlineData("Reasons:high_value_txn:UsableWithoutClaim", "no")]
    public async Task A_setting_that_the_binder_would_pass_over_stops_the_start_and_is_named(string setting, string value, string? named = null)
    {
        var starting = new Starting();
        starting.Settings["Biometric:" + setting] = value;

        Assert.Contains($"Biometric:{named ?? setting}: ", await starting.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_is_misspelt_below_any_part_is_passed_over()
    {
        // By reflection, so that a part that is added later is not forgotten.
        var parts = typeof(BiometricStepUpOptions).GetProperties()
            .Where(property => property.PropertyType is { IsClass: true } type && type.Assembly == typeof(BiometricStepUpOptions).Assembly)
            .Select(property => property.Name)
            .ToArray();
        Assert.Contains(nameof(BiometricStepUpOptions.Evidence), parts);
        foreach (var part in parts)
        {
            var starting = new Starting();
            starting.Settings[$"Biometric:{part}:NoSuchSetting"] = "1";
            Assert.Contains($"Biometric:{part}:NoSuchSetting: there is no such setting.", await starting.ProblemAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_reason_of_the_applications_own_exists_by_being_named()
    {
        const string Json = """{ "Biometric": { "Reasons": { "delete_account": { } } } }""";
        var starting = new Starting
        {
            Configure = configuration => configuration.AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Json))),
            Map = app => app.MapPost("/delete", () => "deleted").RequireBiometric("delete_account", "Delete the account"),
        };
        Assert.Null(await starting.ProblemAsync());
    }

    [Theory]
    [InlineData("PublicOrigin", "https://bank.example/")]
    [InlineData("PublicOrigin", "https://bank.example:8443")]
    [InlineData("PublicOrigin", "http://localhost:5000")]
    [InlineData("PublicOrigin", "http://127.0.0.1:5000")]
    [InlineData("CaptureLifetime", "00:10:00")]
    [InlineData("ExecutionLifetime", "00:00:01")]
    [InlineData("WebhookTimestampTolerance", "00:05:00")]
    [InlineData("FaceMatchFloorPercent", "100")]
    [InlineData("FaceMatchFloorPercent", "0.01")]
    [InlineData("LivenessFloorPercent", "0")]
    [InlineData("LivenessFloorPercent", "100")]
    [InlineData("MaxDeclinesInARow", "5")]
    [InlineData("MaxWebhookBytes", "1024")]
    [InlineData("Reasons:high_value_txn:Thresholds:EUR", "0")]
    [InlineData("Reasons:trusted_payee_2:FaceMatchFloorPercent", "100")]
    [InlineData("Reasons:settings_change:UsableWithoutClaim", "true")]
    [InlineData("Reasons:high_value_txn:Workflow", "StepUp")]
    [InlineData("Workflows:Other:Mine:Id", "workflow-mine")]
    [InlineData("BlockAfterDeclines", "5")]
    [InlineData("BlockAfterDeclines", "100")]
    [InlineData("Devices:RememberFor", "400.00:00:00")]
    [InlineData("Access:Inactivity", "00:05:00")]
    [InlineData("Reasons:high_value_txn:Thresholds:JPY", "50000")]
    [InlineData("Reconciler:FirstPause", "00:02:00")]
    [InlineData("Reconciler:RemindAfter", "00:10:00")]
    [InlineData("MaxSealedFilesBytes", "0")]
    public async Task A_setting_at_its_limit_will_do(string setting, string value)
    {
        var starting = new Starting();
        starting.Settings["Biometric:" + setting] = value;
        Assert.Null(await starting.ProblemAsync());
    }

    [Theory]
    [InlineData("Thresholds:EUR", "30.01", "StrongThresholds:EUR")] // the first threshold above the second
    [InlineData("StrongWorkflow", "StepUp", "StrongWorkflow")] // no stronger than what is asked with
    [InlineData("StrongWorkflow", "Mine", null)]
    [InlineData("Thresholds:USD", "1000", null)]
    [InlineData("Thresholds:EUR", "30", null)]
    public async Task A_second_threshold_lies_above_the_first_and_calls_for_a_stronger_workflow(string setting, string value, string? named)
    {
        var starting = new Starting();
        starting.Settings["Biometric:Workflows:Strong:Id"] = "workflow-strong";
        starting.Settings["Biometric:Workflows:Other:Mine:Id"] = "workflow-mine";
        starting.Settings["Biometric:Reasons:high_value_txn:StrongThresholds:EUR"] = "30";
        starting.Settings["Biometric:Reasons:high_value_txn:" + setting] = value;

        var problem = await starting.ProblemAsync();

        if (named is null)
        {
            Assert.Null(problem);
        }
        else
        {
            Assert.Contains("Biometric:Reasons:high_value_txn:" + named, problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_workflow_id_stands_for_one_set_of_demands()
    {
        var starting = new Starting();
        starting.Settings["Biometric:Workflows:Payment:Id"] = "workflow-step-up";
        Assert.Null(await starting.ProblemAsync());
        starting.Settings["Biometric:Workflows:Payment:RequireIpAnalysis"] = "true";
        Assert.Contains("Biometric:Workflows: 'workflow-step-up'", await starting.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var starting = new Starting();
        starting.Settings["Biometric:PublicOrigin"] = null;
        starting.Settings["Biometric:Workflows:StepUp:Id"] = null;
        starting.Settings["Biometric:MaxDeclinesInARow"] = "6";
        starting.Settings["Biometric:ApiKey"] = null;

        var problem = await starting.ProblemAsync();

        Assert.Contains("Biometric:PublicOrigin", problem, StringComparison.Ordinal);
        Assert.Contains("Biometric:Workflows:StepUp:Id", problem, StringComparison.Ordinal);
        Assert.Contains("Biometric:MaxDeclinesInARow", problem, StringComparison.Ordinal);
        Assert.Contains("Biometric:ApiKey", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_origin_may_be_left_out_in_development_only()
    {
        foreach (var (environment, starts) in new[] { (Environments.Development, true), (Environments.Staging, false), (Environments.Production, false) })
        {
            var starting = new Starting { Environment = environment };
            starting.Settings["Biometric:PublicOrigin"] = null;
            Assert.Equal(starts, await starting.ProblemAsync() is null);
        }
    }

    [Theory]
    [InlineData("Environment", "Sandbox")]
    [InlineData("BaseAddress", "http://127.0.0.1:9")]
    [InlineData("BaseAddress", "https://verification.didit.me:8443")]
    public async Task A_rehearsal_in_production_needs_the_option_named_for_it(string setting, string value)
    {
        var starting = new Starting();
        starting.Settings["Biometric:" + setting] = value;
        Assert.Contains("Biometric:AllowNonLiveProviderInProduction", await starting.ProblemAsync(), StringComparison.Ordinal);

        starting.Settings["Biometric:AllowNonLiveProviderInProduction"] = "true";
        Assert.Null(await starting.ProblemAsync());

        starting.Settings["Biometric:AllowNonLiveProviderInProduction"] = null;
        starting.Environment = Environments.Staging;
        Assert.Null(await starting.ProblemAsync());
    }

    [Fact]
    public async Task Without_a_secret_no_webhook_could_be_trusted()
    {
        var starting = new Starting();
        starting.Settings.Remove("Biometric:WebhookSecrets:0");
        Assert.Contains("Biometric:WebhookSecrets", await starting.ProblemAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public async Task Eight_secrets_at_most_are_tried(int count, bool starts)
    {
        var starting = new Starting();
        for (var number = 0; number < count; number++)
        {
            starting.Settings["Biometric:WebhookSecrets:" + number] = Starting.Secret + number;
        }

        var problem = await starting.ProblemAsync();
        Assert.Equal(starts, problem is null);
        Assert.True(starts || problem!.Contains("Biometric:WebhookSecrets", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "short")]
    [InlineData("", "")]
    [InlineData(":Value", "short")]
    [InlineData(":Value", "")]
    public async Task A_secret_that_is_too_short_is_named_and_not_told(string member, string value)
    {
        var starting = new Starting();
        starting.Settings.Remove("Biometric:WebhookSecrets:0");
        starting.Settings["Biometric:WebhookSecrets:new" + member] = value;

        var problem = await starting.ProblemAsync();

        Assert.Contains("Biometric:WebhookSecrets:new", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("short\"", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("'short'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_that_is_no_time_is_named()
    {
        var starting = new Starting();
        starting.Settings["Biometric:WebhookSecrets:1:Value"] = Starting.Secret;
        starting.Settings["Biometric:WebhookSecrets:1:ExpiresAt"] = "soon";
        Assert.Contains("Biometric:WebhookSecrets:1:ExpiresAt", await starting.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_section_is_read_into_the_options()
    {
        var starting = new Starting();
        foreach (var (key, value) in new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["WebhookSecrets:1:Value"] = Starting.Secret + "-old",
            ["WebhookSecrets:1:ExpiresAt"] = "2026-12-31T00:00:00Z",
            ["WebhookSecrets:1:Label"] = "2026-q4",
            ["WebhookSecrets:2:Value"] = Starting.Secret + "-local",
            ["WebhookSecrets:2:ExpiresAt"] = "2026-12-31T12:00:00",
            ["DisplayName"] = "Muster Bank",
            ["Workflows:Payment:Id"] = "workflow-payment",
            ["Workflows:Payment:LivenessMethod"] = "Active3D",
            ["Workflows:Payment:RequireIpAnalysis"] = "true",
            ["CaptureLifetime"] = "00:05:00",
            ["FaceMatchFloorPercent"] = "85.5",
            ["LivenessFloorPercent"] = "70",
            ["Reasons:high_value_txn:Thresholds:EUR"] = "30.00",
            ["Reasons:trusted_payee:Workflow"] = "Strong",
            ["Workflows:Strong:Id"] = "workflow-strong",
            ["BlockingWarnings:0"] = "MY_RISK",
            ["AllowApprovalAfterReview"] = "false",
            ["Edition"] = "Guide",
            ["ApiKey"] = "another-key",
        })
        {
            starting.Settings["Biometric:" + key] = value;
        }

        await using var app = await starting.StartAsync();
        var options = app.Services.GetRequiredService<IOptionsMonitor<BiometricStepUpOptions>>().CurrentValue;
        var client = app.Services.GetRequiredService<IOptionsMonitor<BiometricClientOptions>>().CurrentValue;

        Assert.Equal(
            [("0", null), ("2026-q4", At(31, 0)), ("2", At(31, 12))],
            options.WebhookSecrets.Select(secret => (secret.Label, secret.ExpiresAt)));
        Assert.Equal("Muster Bank", options.DisplayName);
        Assert.Equal(("workflow-payment", LivenessMethod.Active3D, true), (options.Workflows.Payment.Id, options.Workflows.Payment.LivenessMethod, options.Workflows.Payment.RequireIpAnalysis));
        Assert.Equal("workflow-step-up", options.Workflows.StepUp.Id);
        Assert.Equal((TimeSpan.FromMinutes(5), 85.5m, 70m, false), (options.CaptureLifetime, options.FaceMatchFloorPercent, options.LivenessFloorPercent, options.AllowApprovalAfterReview));
        Assert.Equal(30m, options.Reasons["high_value_txn"].Thresholds["EUR"]);
        Assert.Equal("Strong", options.Reasons["trusted_payee"].Workflow);
        Assert.Contains("MY_RISK", options.BlockingWarnings);
        Assert.Contains("LIVENESS_FACE_ATTACK", options.BlockingWarnings);
        Assert.Equal((ApiEdition.Guide, "another-key"), (client.Edition, client.ApiKey));

        static DateTimeOffset? At(int day, int hour) => new DateTimeOffset(2026, 12, day, hour, 0, 0, TimeSpan.Zero);
    }

    [Fact]
    public async Task Without_settings_of_its_own_the_safe_defaults_apply()
    {
        await using var app = await new Starting().StartAsync();
        var options = app.Services.GetRequiredService<IOptions<BiometricStepUpOptions>>().Value;
        Assert.Equal(ProviderEnvironment.Live, options.Environment);
        Assert.Equal(80m, options.FaceMatchFloorPercent);
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10), TimeSpan.FromHours(24)), (options.CaptureLifetime, options.ExecutionLifetime, options.ReviewLifetime));
        Assert.Equal((5, 10, 256 * 1024), (options.MaxDeclinesInARow, options.MaxChallengesPerUser, options.MaxWebhookBytes));
        Assert.False(options.AllowNonLiveProviderInProduction || options.AcceptRawSignatureHeader);
        Assert.Empty(options.Reasons);
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromHours(8)), (options.Access.Inactivity, options.Access.Lifetime));
    }
}
