using System.Text;

namespace BiometricTwoFactor.Cli.Tests;

public sealed class SignAndVerifyTests
{
    // One of the provider's published fixtures, with its digests: not made with our signer.
    private const string Body = """{"application_id":"11111111-2222-3333-4444-555555555555","created_at":1774969994,"decision":{"id_verifications":[{"first_name":"Jos\u00e9","last_name":"M\u00fcller-\u00dcnl\u00fc","node_id":"id_verification_1","place_of_birth":"\u5317\u4eac","status":"Approved"}],"session_id":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee","status":"Approved"},"environment":"live","event_id":"9c0c8b8a-1111-4222-9333-444444444444","session_id":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee","status":"Approved","timestamp":1774970000,"vendor_data":"wp-42","webhook_type":"status.updated","workflow_id":"22222222-3333-4444-5555-666666666666","workflow_version":4}""";
    private const string Raw = "b7b49a28ae4118438ef4d0f0fd603c4387cc39adf3ed451da18dc521c1d3e7eb";
    private const string V2 = "7e416d66763a1f7e228ab0d94677f87152ad58560f0c71e8db7eb6b16faf7009";
    private const string Simple = "d831dd64f6c1801e214d9c114fe24167baee695a879404771d3d5dbfb10fdf75";

    [Fact]
    public async Task Sign_prints_the_providers_headers()
    {
        var run = await ToolRun.WithAsync(["sign"], Body);
        Assert.Equal(
            $"X-Signature: {Raw}\nX-Signature-V2: {V2}\nX-Signature-Simple: {Simple}\nX-Timestamp: 1774970000\n",
            run.Output.ReplaceLineEndings("\n"));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Sign_in_the_guides_edition_prints_one_header_over_the_bytes()
    {
        var run = await ToolRun.WithAsync(["sign", "--edition", "guide"], Body);
        Assert.Equal($"X-Signature-V2: {Raw}\n", run.Output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("[1]")]
    public async Task Sign_refuses_what_has_no_canonical_form(string body)
    {
        var run = await ToolRun.WithAsync(["sign", "-"], body);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains("canonical form", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(V2, "Canonical")]
    [InlineData(Raw, "RawBody")]
    public async Task A_genuine_delivery_is_valid(string signature, string form)
    {
        var run = await ToolRun.WithAsync(["verify", "-H", $"X-Signature-V2: {signature}", "-H", "X-Timestamp: 1774970000"], Body);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Valid: ", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Signed over  {form}", run.Output, StringComparison.Ordinal);
        Assert.Contains("Session      aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", run.Output, StringComparison.Ordinal);
        Assert.Contains("Status       Approved", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wp-42", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_broken_rule_is_named()
    {
        await ExpectAsync("MissingSignature", []);
        await ExpectAsync("MalformedSignature", ["-H", $"X-Signature-V2: sha256={V2}"]);
        await ExpectAsync("MalformedSignature", ["-H", $"X-Signature-V2: {V2}", "-H", $"x-signature-v2: {V2}"]);
        await ExpectAsync("SignatureMismatch", ["-H", $"X-Signature-V2: {Simple}"]);
        await ExpectAsync("SignatureMismatch", ["-H", $"X-Signature-V2: {V2}"], body: Body.Replace("Approved", "Declined", StringComparison.Ordinal));
        await ExpectAsync("Stale", ["-H", $"X-Signature-V2: {V2}"], now: 1774970301);
        await ExpectAsync("Stale", ["-H", $"X-Signature-V2: {V2}", "-H", "X-Timestamp: 1774970001"]);
        await ExpectAsync("HintOnly", ["-H", $"X-Signature-Simple: {Simple}"]);
        await ExpectAsync("MissingSignature", ["-H", $"X-Signature: {Raw}"]);
    }

    [Fact]
    public async Task Options_loosen_what_they_name()
    {
        var raw = await ToolRun.WithAsync(["verify", "--accept-raw-signature", "-H", $"X-Signature: {Raw}"], Body);
        Assert.Equal(0, raw.ExitCode);
        var later = await ToolRun.WithAsync(["verify", "--tolerance", "400", "-H", $"X-Signature-V2: {V2}"], Body, now: 1774970301);
        Assert.Equal(0, later.ExitCode);
        var then = await ToolRun.WithAsync(["verify", "--now", "1774970000", "-H", $"X-Signature-V2: {V2}"], Body, now: 1900000000);
        Assert.Equal(0, then.ExitCode);
    }

    [Fact]
    public async Task A_body_without_timestamp_passes_unless_one_is_demanded()
    {
        const string body = """{"session_id":"5d2a1c3e-9d0b-4f6e-8c59-7b1f6a0e4d21","status":"Approved"}""";
        var signed = (await ToolRun.WithAsync(["sign", "--edition", "guide"], body)).Output.Trim();
        var lenient = await ToolRun.WithAsync(["verify", "-H", signed], body);
        Assert.Contains("Edition      guide", lenient.Output, StringComparison.Ordinal);
        Assert.Equal(0, lenient.ExitCode);
        var strict = await ToolRun.WithAsync(["verify", "--require-timestamp", "-H", signed], body);
        Assert.StartsWith("TimestampMissing: ", strict.Output, StringComparison.Ordinal);
        Assert.Equal(1, strict.ExitCode);
    }

    [Fact]
    public async Task Body_headers_and_secret_can_come_from_files()
    {
        var folder = Directory.CreateTempSubdirectory("biometric2fa");
        try
        {
            string File(string name, string text)
            {
                var path = Path.Combine(folder.FullName, name);
                System.IO.File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                return path;
            }

            var run = await ToolRun.WithAsync(
                [
                    "verify", File("body.json", Body),
                    "--headers", File("headers.txt", $"Host: bank.example\n\nx-signature-v2: {V2}\nX-Timestamp: 1774970000\n"),
                    "--secret-file", File("secret.txt", ToolRun.Secret + "\n"),
                ],
                secret: null);
            Assert.Equal(0, run.ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(null, "set BIOMETRIC_WEBHOOK_SECRET or give --secret-file")]
    [InlineData("", "set BIOMETRIC_WEBHOOK_SECRET or give --secret-file")]
    [InlineData("short", "shorter than 24 bytes")]
    public async Task Without_a_proper_secret_nothing_is_verified(string? secret, string expected)
    {
        var run = await ToolRun.WithAsync(["verify", "-H", $"X-Signature-V2: {V2}"], Body, secret);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("verify", "/does/not/exist", "The body cannot be read.")]
    [InlineData("sign", "/does/not/exist", "The body cannot be read.")]
    [InlineData("verify", "--headers=/does/not/exist", "The file given as --headers cannot be read.")]
    [InlineData("verify", "--secret-file=/does/not/exist", "The file given as --secret-file cannot be read.")]
    [InlineData("verify", "--header=nonsense", "A header is written as 'Name: value'.")]
    [InlineData("verify", "--tolerance=0", "--tolerance: must be positive and at most one day.")]
    [InlineData("verify", "--now=1774970000000000", "--now is a time in unix seconds")]
    public async Task What_cannot_be_read_is_named_without_a_stack_trace(string verb, string argument, string expected)
    {
        var run = await ToolRun.WithAsync([verb, argument], Body);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve", "--webhook-secrett", "canary-3f9a")]
    [InlineData("serve", "--webhook-secrett=canary-3f9a", "")]
    [InlineData("sign", "--secret", "canary-3f9a")]
    [InlineData("verify", "--tolerance", "canary-3f9a")]
    public async Task A_mistyped_option_never_repeats_its_value(string verb, string option, string value)
    {
        var run = await ToolRun.WithAsync(value.Length == 0 ? [verb, option] : [verb, option, value, value], Body);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("The arguments were not understood.", run.Error, StringComparison.Ordinal);
        Assert.Contains(option.Split('=')[0], run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", run.Error + run.Output, StringComparison.Ordinal);
    }

    private static async Task ExpectAsync(string outcome, string[] headers, string body = Body, long now = 1774970000)
    {
        var run = await ToolRun.WithAsync(["verify", .. headers], body, now: now);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{outcome}: ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ToolRun.Secret, run.Output, StringComparison.Ordinal);
    }
}
