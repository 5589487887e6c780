using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Identity;

namespace Bank;

/// <summary>
/// The bank's own services. Customers and money are in memory, gone with the process, unless <see cref="BankDatabase"/> takes
/// their place; notices, mails and security keys always are.
/// </summary>
internal static class BankServices
{
    public static void AddBank(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IPasswordHasher<Customer>, PasswordHasher<Customer>>();
        services.AddScoped<CustomerRegister>();
        services.AddSingleton<InMemoryLedger>();
        services.AddSingleton<ILedger>(provider => provider.GetRequiredService<InMemoryLedger>());
        services.AddSingleton<ICustomers, InMemoryCustomers>();
        services.AddSingleton<NoticeBoard>();
        services.AddSingleton<SecurityKeys>();
        services.AddSingleton<Mailbox>();
        services.AddSingleton<RecoveryLinks>();

        // A borderline face that a reviewer at the provider approved counts here, as long as it is above our own floor and
        // the customer confirms once more. Without this line its warning would refuse every approval out of a review.
        services.Configure<BiometricStepUpOptions>(options => options.BlockingWarnings.Remove("LOW_FACE_MATCH_SIMILARITY"));
    }

    /// <summary>
    /// Nothing inline, nothing from elsewhere. The SDK's own pages set a policy of their own, which lets the form of the
    /// confirm page lead on to the provider.
    /// </summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        return next(context);
    });

    /// <summary>In Development the framework throws what it answers with 400 elsewhere; the caller's mistake stays one.</summary>
    public static void UseErrorPage(this IApplicationBuilder app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        ExceptionHandlingPath = "/error",
        StatusCodeSelector = failure => failure is BadHttpRequestException mistake ? mistake.StatusCode : StatusCodes.Status500InternalServerError,
    });
}
