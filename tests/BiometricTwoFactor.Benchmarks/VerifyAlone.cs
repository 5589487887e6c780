using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>Promise: the MAC of a 1 KB body, raw form, costs at most 1.25 times hash, hex and compare, and no heap.</summary>
public class VerifyAlone
{
    private readonly byte[] _body = Verdicts.OneKilobyte();
    private readonly byte[] _key = Encoding.UTF8.GetBytes("benchmark_secret_0000000001");
    private readonly WebhookVerifier _verifier = Verdicts.Verifier();
    private readonly string _signature = WebhookSigner.SignRaw(Verdicts.OneKilobyte(), Verdicts.Secret);

    /// <summary>What nobody can do without: HMAC, hex to bytes, compare.</summary>
    [Benchmark(Baseline = true)]
    public bool Floor()
    {
        Span<byte> computed = stackalloc byte[32];
        Span<byte> received = stackalloc byte[32];
        HMACSHA256.HashData(_key, _body, computed);
        Convert.FromHexString(_signature, received, out _, out _);
        return CryptographicOperations.FixedTimeEquals(computed, received);
    }

    /// <summary>Ours.</summary>
    [Benchmark]
    public WebhookOutcome VerifySignature() => _verifier.VerifySignature(_body, new WebhookHeaders { SignatureV2 = _signature });
}
