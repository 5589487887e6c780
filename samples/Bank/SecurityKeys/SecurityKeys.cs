using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BiometricTwoFactor.AspNetCore;
using Fido2NetLib;
using Fido2NetLib.Objects;
using Microsoft.Extensions.Options;

namespace Bank;

/// <summary>
/// The customers' security keys (FIDO2). What a key signs contains the digest of what is confirmed beside a random part, so
/// that the signature is for exactly this payment and for nothing else.
/// </summary>
internal sealed class SecurityKeys(IOptionsMonitor<BiometricStepUpOptions> stepUp)
{
    private const int RandomBytes = 32;
    private readonly ConcurrentDictionary<string, SecurityKey[]> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CredentialCreateOptions> _adding = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Customer, string Challenge), AssertionOptions> _asking = new();

    public bool Has(string customerId) => _keys.TryGetValue(customerId, out var keys) && keys.Length > 0;

    /// <summary>What the browser needs to make a key, as JSON.</summary>
    public string BeginAdding(HttpContext context)
    {
        var customer = context.Customer();
        var options = Library(context).RequestNewCredential(new RequestNewCredentialParams
        {
            User = new Fido2User { Id = Encoding.UTF8.GetBytes(customer.Id), Name = customer.Email, DisplayName = customer.FullName },
            ExcludeCredentials = Descriptors(customer.Id),
            AuthenticatorSelection = new AuthenticatorSelection { ResidentKey = ResidentKeyRequirement.Discouraged, UserVerification = UserVerificationRequirement.Required },
            AttestationPreference = AttestationConveyancePreference.None,
        });
        _adding[customer.Id] = options;
        return options.ToJson();
    }

    /// <summary>Keeps the key, if it answers what was asked last. Once.</summary>
    public async Task<bool> TryAddAsync(HttpContext context, string? answer)
    {
        var customer = context.Customer();
        if (!_adding.TryRemove(customer.Id, out var asked) || Read<AuthenticatorAttestationRawResponse>(answer) is not { } response)
        {
            return false;
        }

        try
        {
            var made = await Library(context).MakeNewCredentialAsync(
                new MakeNewCredentialParams
                {
                    AttestationResponse = response,
                    OriginalOptions = asked,
                    IsCredentialIdUniqueToUserCallback = (credential, _) => Task.FromResult(!_keys.Values.SelectMany(keys => keys).Any(key => key.Id.AsSpan().SequenceEqual(credential.CredentialId))),
                },
                context.RequestAborted);
            var key = new SecurityKey(made.Id, made.PublicKey, made.SignCount, made.IsBackupEligible);
            _keys.AddOrUpdate(customer.Id, [key], (_, keys) => [.. keys, key]);
            return true;
        }
        catch (Fido2VerificationException)
        {
            return false;
        }
    }

    /// <summary>What the browser needs to have one of the customer's keys sign this challenge, as JSON.</summary>
    public string BeginAsking(HttpContext context, StepUpChallenge challenge)
    {
        var customer = context.Customer();
        var options = Library(context).GetAssertionOptions(new GetAssertionOptionsParams
        {
            AllowedCredentials = Descriptors(customer.Id),
            UserVerification = UserVerificationRequirement.Required,
        });
        options.Challenge = [.. RandomNumberGenerator.GetBytes(RandomBytes), .. Convert.FromHexString(challenge.Digest)];
        _asking[(customer.Id, challenge.Id)] = options;
        return options.ToJson();
    }

    /// <summary>What the key signed, with the factors that it proves; null when the signature is not good. Once for each asking.</summary>
    public async Task<(string Digest, string[] Factors)?> VerifyAsync(HttpContext context, string challengeId, string? answer)
    {
        var customer = context.Customer();
        if (!_asking.TryRemove((customer.Id, challengeId), out var asked)
            || Read<AuthenticatorAssertionRawResponse>(answer) is not { } response
            || !_keys.TryGetValue(customer.Id, out var keys)
            || keys.FirstOrDefault(one => one.Id.AsSpan().SequenceEqual(response.RawId)) is not { } key)
        {
            return null;
        }

        try
        {
            var result = await Library(context).MakeAssertionAsync(
                new MakeAssertionParams
                {
                    AssertionResponse = response,
                    OriginalOptions = asked,
                    StoredPublicKey = key.PublicKey,
                    StoredSignatureCounter = key.SignCount,
                    IsUserHandleOwnerOfCredentialIdCallback = (handle, _) => Task.FromResult(string.Equals(Encoding.UTF8.GetString(handle.UserHandle), customer.Id, StringComparison.Ordinal)),
                },
                context.RequestAborted);
            _keys[customer.Id] = [.. keys.Select(one => ReferenceEquals(one, key) ? key with { SignCount = result.SignCount } : one)];
            return (Convert.ToHexStringLower(asked.Challenge.AsSpan(RandomBytes)), [key.IsSynced ? "swk" : "hwk", "user"]);
        }
        catch (Fido2VerificationException)
        {
            return null;
        }
    }

    private static T? Read<T>(string? json)
        where T : class
    {
        try
        {
            return string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize<T>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private List<PublicKeyCredentialDescriptor> Descriptors(string customerId) =>
        _keys.TryGetValue(customerId, out var keys) ? [.. keys.Select(key => new PublicKeyCredentialDescriptor(key.Id))] : [];

    /// <summary>Keys belong to the origin that customers see: the configured one, and loopback while developing.</summary>
    private Fido2 Library(HttpContext context)
    {
        var origin = new Uri(stepUp.CurrentValue.PublicOrigin ?? $"{context.Request.Scheme}://{context.Request.Host}");
        return stepUp.CurrentValue.PublicOrigin is null && !origin.IsLoopback
            ? throw new InvalidOperationException("Biometric:PublicOrigin must be set when the bank is not reached over loopback.")
            : new Fido2(new Fido2Configuration { RPID = origin.Host, RPName = "Alder Bank", Origins = new HashSet<string>(StringComparer.Ordinal) { origin.GetLeftPart(UriPartial.Authority) } });
    }
}
