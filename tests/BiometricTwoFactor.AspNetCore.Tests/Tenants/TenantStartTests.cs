using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>What tenants inherit, what is their own, and what stops the start.</summary>
public sealed class TenantStartTests
{
    private const string Secret = "a-secret-of-one-tenant-0123456789";

    [Fact]
    public async Task Tenants_without_a_word_on_whose_a_request_is_do_not_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RelyingParty.StartAsync(setup =>
            setup.ConfigureServicesLast = _ => Add(setup, "north", Secret)));
        Assert.Contains("ChooseTenant", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_between_no_tenants_does_not_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RelyingParty.StartAsync(setup =>
            setup.ConfigureServicesLast = _ => setup.StepUp!.ChooseTenant(_ => "north")));
        Assert.Contains("AddTenant", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tenants_with_one_secret_do_not_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(setup =>
        {
            Add(setup, "north", Secret);
            Add(setup, "south", Secret);
        }));
        Assert.Contains("'north' and 'south'", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_without_a_secret_of_its_own_does_not_start_though_there_is_one_for_all()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(setup => setup.StepUp!.AddTenant("north", _ => { }, client => client.ApiKey = "key")));
        Assert.Contains("Tenant 'north': Biometric:WebhookSecrets", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_without_a_key_of_its_own_does_not_start_though_there_is_one_for_all()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(setup =>
            setup.StepUp!.AddTenant("north", options => options.WebhookSecrets.Add(new WebhookSecret(Secret)), _ => { })));
        Assert.Contains("Biometric:ApiKey (client 'north')", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("North")]
    [InlineData("north/south")]
    [InlineData("north:south")]
    [InlineData("-north")]
    [InlineData("nörth")]
    [InlineData("a23456789012345678901234567890123456789012")]
    public async Task A_name_that_could_not_stand_in_a_route_is_refused(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(setup => Add(setup, name, Secret)));

    [Fact]
    public async Task A_name_is_given_once() => await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(setup =>
    {
        Add(setup, "north", Secret);
        Add(setup, "north", Secret + "2");
    }));

    /// <summary>A floor that the application sets for all, in whichever way, is no tenant's to forget.</summary>
    [Fact]
    public async Task What_is_set_for_all_holds_for_each_and_each_can_set_its_own()
    {
        await using var bank = await StartAsync(setup =>
        {
            setup.StepUp!.Services.Configure<BiometricStepUpOptions>(options => options.FaceMatchFloorPercent = 91m);
            setup.StepUp!.Services.ConfigureAll<BiometricStepUpOptions>(options => options.MaxWebhookBytes = 4096);
            Add(setup, "north", Secret);
            setup.StepUp!.AddTenant(
                "south",
                options =>
                {
                    options.WebhookSecrets.Add(new WebhookSecret(Secret + "2"));
                    options.FaceMatchFloorPercent = 95m;
                    options.Workflows.Payment.Id = "south-payments";
                },
                client =>
                {
                    client.ApiKey = "south-key";
                    client.BaseAddress = new Uri("https://south.test/");
                });
        });
        var options = bank.Services.GetRequiredService<IOptionsMonitor<BiometricStepUpOptions>>();
        var clients = bank.Services.GetRequiredService<IOptionsMonitor<BiometricClientOptions>>();
        Assert.Equal((91m, 95m), (options.Get("north").FaceMatchFloorPercent, options.Get("south").FaceMatchFloorPercent));
        Assert.Equal((4096, 4096), (options.Get("north").MaxWebhookBytes, options.Get("south").MaxWebhookBytes));
        Assert.Equal((EmulatedWorkflow.ScaWithIpAnalysisId, "south-payments"), (options.Get("north").Workflows.Payment.Id, options.Get("south").Workflows.Payment.Id));
        Assert.All((string[])["north", "south"], tenant => Assert.Single(options.Get(tenant).WebhookSecrets));
        Assert.Equal((bank.Provider.BaseAddress, "north-key"), (clients.Get("north").BaseAddress, clients.Get("north").ApiKey));
        Assert.Equal(("https://south.test/", "south-key"), (clients.Get("south").BaseAddress.AbsoluteUri, clients.Get("south").ApiKey));

        // What is set for all is nobody's client.
        Assert.Throws<InvalidOperationException>(() => bank.Services.GetRequiredService<BiometricClient>());
    }

    [Fact]
    public void A_configuration_file_names_tenants_and_their_changes_count_at_once()
    {
        var configuration = Configuration(
            ("Biometric:PublicOrigin", "https://bank.test"),
            ("Biometric:Workflows:StepUp:Id", "wf"),
            ("Biometric:FaceMatchFloorPercent", "88"),
            ("Biometric:Tenants:north:ApiKey", "north-key"),
            ("Biometric:Tenants:north:WebhookSecrets:0", Secret),
            ("Biometric:Tenants:south:ApiKey", "south-key"),
            ("Biometric:Tenants:south:WebhookSecrets:0", Secret + "2"),
            ("Biometric:Tenants:south:FaceMatchFloorPercent", "93"));
        using var services = ServicesOf(configuration);
        var options = services.GetRequiredService<IOptionsMonitor<BiometricStepUpOptions>>();
        var clients = services.GetRequiredService<IOptionsMonitor<BiometricClientOptions>>();
        Assert.Equal((88m, 93m), (options.Get("north").FaceMatchFloorPercent, options.Get("south").FaceMatchFloorPercent));
        Assert.Equal("north-key", clients.Get("north").ApiKey);

        configuration["Biometric:FaceMatchFloorPercent"] = "90";
        configuration["Biometric:Tenants:north:ApiKey"] = "another-key";
        configuration.Reload();
        Assert.Equal((90m, 93m), (options.Get("north").FaceMatchFloorPercent, options.Get("south").FaceMatchFloorPercent));
        Assert.Equal("another-key", clients.Get("north").ApiKey);
    }

    [Theory]
    [InlineData("Biometric:Tenants:north:FaceMatchFlorPercent", "90", "FaceMatchFlorPercent")]
    [InlineData("Biometric:Tenants:north:Tenants:south:ApiKey", "key", "a tenant has no tenants")]
    public void A_setting_of_a_tenant_that_does_not_exist_is_refused(string name, string value, string told)
    {
        var configuration = Configuration(
            ("Biometric:PublicOrigin", "https://bank.test"),
            ("Biometric:Workflows:StepUp:Id", "wf"),
            ("Biometric:Tenants:north:ApiKey", "north-key"),
            ("Biometric:Tenants:north:WebhookSecrets:0", Secret),
            (name, value));
        using var services = ServicesOf(configuration);
        var failure = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<IOptionsMonitor<BiometricStepUpOptions>>().Get("north"));
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    private static Task<RelyingParty> StartAsync(Action<RelyingPartySetup> tenants) => RelyingParty.StartAsync(setup => setup.ConfigureServicesLast = _ =>
    {
        setup.StepUp!.ChooseTenant(context => context.Request.Host.Host);
        tenants(setup);
    });

    private static void Add(RelyingPartySetup setup, string name, string secret) => setup.StepUp!.AddTenant(
        name,
        options => options.WebhookSecrets.Add(new WebhookSecret(secret)),
        client => client.ApiKey = name + "-key");

    private static IConfigurationRoot Configuration(params (string Name, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, (string?)value.Value))).Build();

    private static ServiceProvider ServicesOf(IConfigurationRoot configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton<Microsoft.Extensions.Hosting.IHostEnvironment>(new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { EnvironmentName = "Development" });
        services.AddAuthentication();
        services.AddBiometricStepUp(configuration.GetSection("Biometric")).ChooseTenant(_ => null);
        return services.BuildServiceProvider();
    }
}
