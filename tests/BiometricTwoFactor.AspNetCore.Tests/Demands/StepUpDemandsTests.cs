using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The table of when and how to ask (protocol 2.1, 9; contract, "when to step up"), without anything around it.</summary>
public sealed class StepUpDemandsTests
{
    private static readonly AskingDevice NewEverywhere = AskingDevice.Unknown;
    private static readonly AskingDevice NewDevice = new() { IsNetworkKnown = true };
    private static readonly AskingDevice NewNetwork = new() { IsKnown = true, DeviceHash = "d" };
    private static readonly AskingDevice Known = new() { IsKnown = true, IsNetworkKnown = true, DeviceHash = "d" };

    private readonly BiometricStepUpOptions _options = new();

    public StepUpDemandsTests()
    {
        _options.Workflows.StepUp.Id = "step-up";
        _options.Workflows.Payment.Id = "payment";
        _options.Workflows.Strong.Id = "strong";
        _options.Workflows.Other["Mine"] = new StepUpWorkflow { Id = "mine" };
        _options.Reasons["high_value_txn"] = new StepUpReasonOptions
        {
            Thresholds = { ["EUR"] = 100m, ["USD"] = 10m },
            StrongThresholds = { ["EUR"] = 1_000m, ["USD"] = 10m },
        };
    }

    public static TheoryData<string, string, string, bool, string> Payments => new()
    {
        // device, amount, currency, asked, workflow
        { "known", "100.00", "EUR", false, "payment" },
        { "known", "100.01", "EUR", true, "payment" },
        { "known", "1000.00", "EUR", true, "payment" },
        { "known", "1000.01", "EUR", true, "strong" },
        { "known", "10.01", "USD", true, "strong" },
        { "known", "0.01", "CHF", true, "strong" }, // a currency that nobody named
        { "new network", "100.00", "EUR", false, "payment" },
        { "new network", "100.01", "EUR", true, "payment" },
        { "new device", "100.00", "EUR", false, "payment" },
        { "new device", "100.01", "EUR", true, "strong" },
        { "new everywhere", "0.01", "EUR", true, "payment" },
        { "new everywhere", "100.01", "EUR", true, "strong" },
    };

    [Theory]
    [MemberData(nameof(Payments))]
    public void A_payment_is_asked_for_by_amount_and_device(string device, string amount, string currency, bool asked, string workflow)
    {
        var demand = For(Payment(amount, currency), device);
        Assert.Equal((asked, workflow), (demand.IsAsked, demand.Workflow.Id));
        Assert.Equal(workflow == "payment" ? "strong" : null, demand.Stronger?.Id);
    }

    [Fact]
    public void Without_thresholds_every_payment_is_asked_for_and_a_new_device_with_the_stronger_method()
    {
        _options.Reasons.Clear();
        Assert.Equal((true, "payment"), Of(For(Payment("0.01", "EUR"), "known")));
        Assert.Equal((true, "strong"), Of(For(Payment("0.01", "EUR"), "new device")));
    }

    [Fact]
    public void Without_a_stronger_method_the_ordinary_one_is_asked_with()
    {
        _options.Workflows.Strong.Id = "";
        _options.Reasons["high_value_txn"].StrongThresholds.Clear();
        var demand = For(Payment("5000.00", "EUR"), "new everywhere");
        Assert.Equal((true, "payment"), Of(demand));
        Assert.Null(demand.Stronger);
    }

    [Fact]
    public void Without_a_workflow_for_payments_the_general_one_is_asked_with()
    {
        _options.Workflows.Payment.Id = " ";
        Assert.Equal((true, "step-up"), Of(For(Payment("500.00", "EUR"), "known")));
    }

    [Theory]
    [InlineData("known")]
    [InlineData("new everywhere")]
    public void An_action_is_always_asked_for_with_the_general_workflow(string device) =>
        Assert.Equal((true, "step-up"), Of(For(new StepUpQuestion("settings_change", "POST /settings"), device)));

    [Fact]
    public void An_endpoint_that_names_a_stronger_workflow_asks_with_it_on_new_devices_and_uses_the_ordinary_one_elsewhere()
    {
        var question = new StepUpQuestion("settings_change", "POST /settings") { Endpoint = new StepUpEndpointOptions { StrongWorkflow = "Mine" } };
        Assert.Equal((true, "mine"), Of(For(question, "new device")));
        Assert.Equal((true, "mine"), Of(For(question, "new everywhere")));
        Assert.Equal((true, "step-up"), Of(For(question, "known")));
        Assert.Equal((true, "step-up"), Of(For(question, "new network")));
    }

    [Fact]
    public void An_endpoint_may_be_stricter_or_looser_than_its_reason()
    {
        var looser = new StepUpEndpointOptions { Thresholds = Euros(500m), StrongThresholds = new Dictionary<string, decimal>(StringComparer.Ordinal) };
        Assert.Equal((false, "payment"), Of(For(Payment("500.00", "EUR", looser), "known")));
        Assert.Equal((true, "payment"), Of(For(Payment("5000.00", "EUR", looser), "known")));
        Assert.True(For(Payment("0.01", "EUR", looser), "new everywhere").IsAsked); // no endpoint talks itself out of this

        var stricter = new StepUpEndpointOptions { Thresholds = Euros(), StrongThresholds = Euros(5m), Workflow = "Mine", StrongWorkflow = "Payment" };
        Assert.Equal((true, "mine"), Of(For(Payment("5.00", "EUR", stricter), "known")));
        Assert.Equal((true, "payment"), Of(For(Payment("5.01", "EUR", stricter), "known")));

        static Dictionary<string, decimal> Euros(params decimal[] amount) => amount.ToDictionary(_ => "EUR", value => value, StringComparer.Ordinal);
    }

    [Fact]
    public void Floors_add_to_the_general_ones_and_never_fall_below_them()
    {
        _options.FaceMatchFloorPercent = 80m;
        _options.LivenessFloorPercent = null;
        _options.Reasons["high_value_txn"].FaceMatchFloorPercent = 90m;
        _options.Reasons["high_value_txn"].LivenessFloorPercent = 70m;
        Assert.Equal((90m, 70m), FloorsOf(endpoint: null));
        Assert.Equal((95m, 70m), FloorsOf(new StepUpEndpointOptions { FaceMatchFloorPercent = 95m }));
        Assert.Equal((85m, 60m), FloorsOf(new StepUpEndpointOptions { FaceMatchFloorPercent = 85m, LivenessFloorPercent = 60m }));
        Assert.Equal((null, 70m), FloorsOf(new StepUpEndpointOptions { FaceMatchFloorPercent = 50m })); // the general floor holds

        (decimal? Face, decimal? Liveness) FloorsOf(StepUpEndpointOptions? endpoint)
        {
            var demand = For(Payment("500.00", "EUR", endpoint), "known");
            return (demand.FaceMatchFloorPercent, demand.LivenessFloorPercent);
        }
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, false, true)]
    public void A_stronger_method_without_the_ordinary_ones_ip_analysis_does_not_stand_in_for_it(bool ordinary, bool strong, bool serves)
    {
        _options.Workflows.Payment.RequireIpAnalysis = ordinary;
        _options.Workflows.Strong.RequireIpAnalysis = strong;
        Assert.Equal(serves, For(Payment("500.00", "EUR"), "known").Stronger is not null);
    }

    [Fact]
    public void A_workflow_that_went_away_is_not_replaced_by_another()
    {
        var question = Payment("500.00", "EUR", new StepUpEndpointOptions { Workflow = "Mine" });
        _options.Workflows.Other.Clear();
        Assert.Contains("'Mine'", Assert.Throws<InvalidOperationException>(() => For(question, "known")).Message, StringComparison.Ordinal);
        _options.Workflows.Strong.Id = "";
        Assert.Throws<InvalidOperationException>(() => For(Payment("500.00", "EUR"), "known")); // the second threshold calls for it
    }

    private static StepUpQuestion Payment(string amount, string currency, StepUpEndpointOptions? endpoint = null) =>
        new("high_value_txn", "POST /transfers", Transaction.Create(amount, currency, "DE89370400440532013000", "Ada Lovelace")) { Endpoint = endpoint };

    private static (bool, string) Of(StepUpDemand demand) => (demand.IsAsked, demand.Workflow.Id);

    private StepUpDemand For(StepUpQuestion question, string device)
    {
        var monitor = Substitute.For<IOptionsMonitor<BiometricStepUpOptions>>();
        monitor.Get(Tenants.Only).Returns(_options);
        var tenants = new Tenants(monitor, Substitute.For<IOptionsMonitor<BiometricClientOptions>>(), Substitute.For<IServiceProvider>(), new HttpContextAccessor(), [], []);
        return new StepUpDemands(tenants).For(Tenants.Only, question, device switch
        {
            "known" => Known,
            "new device" => NewDevice,
            "new network" => NewNetwork,
            _ => NewEverywhere,
        });
    }
}
