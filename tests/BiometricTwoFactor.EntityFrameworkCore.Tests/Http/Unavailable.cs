using System.Net;
using BiometricTwoFactor.AspNetCore.Tests;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>How it is said that nothing can be confirmed at the moment.</summary>
internal static class Unavailable
{
    /// <summary>To a person: a page that says that nothing happened and what to do.</summary>
    public static async Task PageAsync(HttpResponseMessage answer)
    {
        await Browser.ExpectAsync(HttpStatusCode.ServiceUnavailable, answer);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<h1>Confirmation by face is not available at the moment</h1>", page, StringComparison.Ordinal);
        Assert.Contains("Nothing was carried out and nothing is lost. Try again shortly.", page, StringComparison.Ordinal);
    }

    /// <summary>To a program: problem details.</summary>
    public static async Task ProblemAsync(HttpResponseMessage answer)
    {
        await Browser.ExpectAsync(HttpStatusCode.ServiceUnavailable, answer);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("urn:biometric-step-up:unavailable", await Payments.TypeOfAsync(answer));
    }
}
