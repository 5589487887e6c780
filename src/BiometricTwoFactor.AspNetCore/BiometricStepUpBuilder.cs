using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Adds what only the application can supply.</summary>
public sealed partial class BiometricStepUpBuilder
{
    internal BiometricStepUpBuilder(IServiceCollection services, IHttpClientBuilder client)
    {
        Services = services;
        Client = client;
    }

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The provider client's HTTP pipeline.</summary>
    public IHttpClientBuilder Client { get; }

    /// <summary>Says whether a verified document names the account's holder. Required for enrolment by identity proofing.</summary>
    public BiometricStepUpBuilder AddAccountHolderCheck<T>()
        where T : class, IAccountHolderCheck
    {
        Services.TryAddScoped<IAccountHolderCheck, T>();
        return this;
    }

    /// <summary>Supplies portraits that the application keeps itself.</summary>
    public BiometricStepUpBuilder AddPortraitSource<T>()
        where T : class, IPortraitSource
    {
        Services.TryAddScoped<IPortraitSource, T>();
        return this;
    }

    /// <summary>Vouches for enrolments made before or elsewhere.</summary>
    public BiometricStepUpBuilder AddEnrolmentVoucher<T>()
        where T : class, IEnrolmentVoucher
    {
        Services.TryAddScoped<IEnrolmentVoucher, T>();
        return this;
    }

    /// <summary>Checks a second factor, for verdicts whose risk demands one. Without it they are held.</summary>
    public BiometricStepUpBuilder AddSecondFactor<T>()
        where T : class, ISecondFactor
    {
        Services.TryAddScoped<ISecondFactor, T>();
        return this;
    }

    /// <summary>Knows the payees that a payer has confirmed before.</summary>
    public BiometricStepUpBuilder AddTrustedBeneficiaries<T>()
        where T : class, ITrustedBeneficiaries
    {
        Services.TryAddScoped<ITrustedBeneficiaries, T>();
        return this;
    }

    /// <summary>Tells the country of an address.</summary>
    public BiometricStepUpBuilder AddAddressCountry<T>()
        where T : class, IAddressCountry
    {
        Services.TryAddScoped<IAddressCountry, T>();
        return this;
    }

    /// <summary>Offers a way of equal strength beside the face. Any number, each under a name of its own.</summary>
    public BiometricStepUpBuilder AddAlternative<T>()
        where T : class, IStepUpAlternative
    {
        Services.TryAddEnumerable(ServiceDescriptor.Scoped<IStepUpAlternative, T>());
        return this;
    }

    /// <summary>
    /// Adds the pages' words in another language, or in the place of ours: <see cref="StepUpTexts.Language"/> says which. Any
    /// number; each request gets the one that fits it. Begin with <see cref="StepUpTexts.For"/> where only a few words differ.
    /// </summary>
    public BiometricStepUpBuilder AddTexts(StepUpTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (string.IsNullOrWhiteSpace(texts.Language))
        {
            throw new ArgumentException("The words say of no language that they are in it.", nameof(texts));
        }

        Services.AddSingleton(new TextRegistration(texts));
        return this;
    }

    /// <summary>Renders the SDK's pages in the application's own way.</summary>
    public BiometricStepUpBuilder AddPageRenderer<T>()
        where T : class, IBiometricPageRenderer
    {
        Services.TryAddScoped<IBiometricPageRenderer, T>();
        return this;
    }

    /// <summary>Hears what happens to challenges. Any number.</summary>
    public BiometricStepUpBuilder AddObserver<T>()
        where T : class, IStepUpObserver
    {
        Services.AddScoped<IStepUpObserver, T>();
        return this;
    }

    /// <summary>Is asked before a user is blocked for good (<see cref="BiometricStepUpOptions.BlockAfterDeclines"/>), and can prevent it.</summary>
    public BiometricStepUpBuilder AddBlockHook<T>()
        where T : class, IBlockHook
    {
        Services.TryAddScoped<IBlockHook, T>();
        return this;
    }

    /// <summary>Receives verified deliveries that concern no step-up.</summary>
    public BiometricStepUpBuilder AddWebhookEventHandler<T>()
        where T : class, IWebhookEventHandler
    {
        Services.TryAddScoped<IWebhookEventHandler, T>();
        return this;
    }

    /// <summary>Keeps step-ups in a store of another kind.</summary>
    public BiometricStepUpBuilder AddStore<T>()
        where T : class, IStepUpStore
    {
        Services.Replace(ServiceDescriptor.Singleton<IStepUpStore, T>());
        return this;
    }
}
