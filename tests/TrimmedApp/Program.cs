using System.Text;
using BiometricTwoFactor;
using BiometricTwoFactor.ReferenceMatcher;
using Microsoft.Extensions.DependencyInjection;
using TrimmedApp;

// What a relying party does with the core, in an application whose unused code was cut away: sign and verify a delivery,
// send a create call and read its answer, compare an echo. Every step throws when it does not hold.
var secret = new WebhookSecret("a-secret-of-the-trimmed-application");
var body = Encoding.UTF8.GetBytes("""{"session_id":"s-1","status":"Approved","vendor_data":"alice","metadata":{"amount":"247.50","currency":"EUR","payee_account":"DE89370400440532013000"}}""");
var verifier = new WebhookVerifier(new WebhookVerifierOptions { Secrets = [secret] });
var verified = verifier.Verify(body, new WebhookHeaders { SignatureV2 = WebhookSigner.SignCanonical(body, secret) });
Expect(verified.IsValid && verified.Event!.Status == SessionStatus.Approved, "verify");

var transaction = Transaction.Create("247.50", "EUR", "DE89 3704 0044 0532 0130 00", "Ada Lovelace");
Expect(EchoCheck.Compare(transaction, verified.Event!.Metadata) == EchoResult.Matched, "echo");

var services = new ServiceCollection();
services.AddLogging();
services.AddBiometricClient(options => options.ApiKey = "key-of-the-trimmed-application")
    .ConfigurePrimaryHttpMessageHandler(() => new Provider());
await using var provider = services.BuildServiceProvider();
var session = await provider.GetRequiredService<BiometricClient>()
    .CreateSessionAsync(CreateSessionRequest.ForScaPayment("11111111-2222-3333-4444-555555555555", "alice", transaction));
Expect(session.Status == SessionStatus.NotStarted, "create");

// The matcher runs both networks: a picture of one grey pixel has no face, and no file at all is no portrait.
var pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");
var comparison = new FaceMatcher().Match(pixel, []);
Expect(comparison.Status == FaceMatchStatus.Declined && comparison.Warnings.Any(warning => warning.Code == FaceWarningCode.NoReferenceImage), "match");
Console.WriteLine("trimmed and working");

static void Expect(bool holds, string what)
{
    if (!holds)
    {
        throw new InvalidOperationException($"'{what}' does not hold in the trimmed application.");
    }
}
