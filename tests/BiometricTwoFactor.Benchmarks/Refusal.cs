using System.Text;
using BenchmarkDotNet.Attributes;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>Promise: refusing a forgery costs at most what accepting a canonical delivery costs, per secret.</summary>
public class Refusal
{
    // The canonical form differs from the bytes: non-ASCII stands in escapes on the wire.
    private readonly byte[] _body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Verdicts.OneKilobyte()).Replace("user-42", "Jos\\u00e9-42", StringComparison.Ordinal));
    private readonly byte[] _broken;
    private readonly WebhookVerifier _verifier = Verdicts.Verifier();
    private readonly string _signature;
    private readonly string _forged = new('0', 64);

    /// <summary>Signs the canonical form.</summary>
    public Refusal()
    {
        _signature = WebhookSigner.SignCanonical(_body, Verdicts.Secret);
        _broken = [.. _body, (byte)'}'];
    }

    /// <summary>A delivery that is right.</summary>
    [Benchmark(Baseline = true)]
    public WebhookVerification AcceptCanonical() => _verifier.Verify(_body, new WebhookHeaders { SignatureV2 = _signature });

    /// <summary>The same body under a forged signature.</summary>
    [Benchmark]
    public WebhookVerification RefuseForged() => _verifier.Verify(_body, new WebhookHeaders { SignatureV2 = _forged });

    /// <summary>A forgery whose body is broken at its very end.</summary>
    [Benchmark]
    public WebhookVerification RefuseBroken() => _verifier.Verify(_broken, new WebhookHeaders { SignatureV2 = _forged });

    /// <summary>Signature alone: right.</summary>
    [Benchmark]
    public WebhookOutcome AcceptCanonicalSignature() => _verifier.VerifySignature(_body, new WebhookHeaders { SignatureV2 = _signature });

    /// <summary>Signature alone: forged.</summary>
    [Benchmark]
    public WebhookOutcome RefuseForgedSignature() => _verifier.VerifySignature(_body, new WebhookHeaders { SignatureV2 = _forged });
}
