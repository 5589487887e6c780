using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The protected cookie of the device that gave the digits (protocol 4.2, 5.3): the only thing that starts and claims a
/// challenge that was handed over. It admits to nothing else.
/// </summary>
internal sealed partial class HandedCookie(IDataProtectionProvider protection, BiometricRoutes routes, TimeProvider timeProvider)
{
    private const string Name = ".Biometric.Handed";

    /// <summary>Who comes back a minute too late is late, and no stranger: without the cookie it would be an alarm.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);

    private readonly IDataProtector _protector = protection.CreateProtector("BiometricTwoFactor.HandedCookie.v1");

    public void Set(HttpContext context, StepUpChallenge challenge, Content content) =>
        context.Response.Cookies.Append(
            OwnCookieNames.For(context, Name),
            _protector.Protect(JsonSerializer.Serialize(content, HandedCookieJson.Default.Content)),
            Options(context, challenge.Deadline + Grace - timeProvider.GetUtcNow()));

    /// <summary>The content, or null when there is none or it is not ours.</summary>
    public Content? Read(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(OwnCookieNames.For(context, Name), out var text) || string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(text), HandedCookieJson.Default.Content);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or JsonException)
        {
            // A cookie that was changed, or that keys no longer open, is no cookie.
            return null;
        }
    }

    private CookieOptions Options(HttpContext context, TimeSpan lifetime) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        // The claim is a call of our own page, to which it is sent even after the way back from the provider.
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        // The prefix demands the whole host, and is worth more than a path: without it a subdomain could put an attacker's
        // cookie on the victim's phone, and her face would be claimed for him. Where there is no prefix, our own routes alone.
        Path = OwnCookieNames.For(context, Name) == Name ? routes.Base(context) : "/",
        // By its age, since the clock of a phone may be wrong.
        MaxAge = lifetime,
    };

    /// <summary>The challenge, and 160 random bits whose hash it keeps.</summary>
    internal sealed record Content(string ChallengeId, string Secret)
    {
        [JsonIgnore]
        public string Hash => ChallengeIds.Hash(Secret);

        public static Content New(string challengeId) => new(challengeId, ChallengeIds.New());

        /// <summary>True for the one challenge, and the one device, that it was made for.</summary>
        public bool Opens(StepUpChallenge challenge) =>
            string.Equals(challenge.Id, ChallengeId, StringComparison.Ordinal)
            && challenge.HandOver?.CookieHash is { } stored
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(stored), Encoding.ASCII.GetBytes(Hash));

        /// <summary>It is a secret.</summary>
        public override string ToString() => "***";
    }

    [JsonSerializable(typeof(Content))]
    private sealed partial class HandedCookieJson : JsonSerializerContext;
}
