using System.Text;
using WireJson = System.Text.Json.Nodes.JsonNode;

namespace BiometricTwoFactor.Tests.Client;

public sealed class CreateSessionWireTests
{
    private static readonly Transaction Payment = Transaction.Create(247.5m, "eur", "es91 2100 0418 4502 0005 1332", "Acme GmbH", "INV-7");

    private static byte[] Jpeg(int length = 8)
    {
        var bytes = new byte[length];
        bytes[0] = 0xFF;
        bytes[1] = 0xD8;
        bytes[2] = 0xFF;
        return bytes;
    }

    private static async Task<string> BodyOf(CreateSessionRequest request, ApiEdition edition)
    {
        using var harness = new ClientHarness(options => options.Edition = edition);
        harness.Network.Then(201, ClientHarness.CreatedBody);
        await harness.Client.CreateSessionAsync(request);
        var sent = Assert.Single(harness.Network.Sent);
        Assert.Equal("POST", sent.Method);
        Assert.Equal("https://verification.didit.me/v3/session/", sent.Url);
        Assert.Equal("application/json", sent.ContentType);
        Assert.Equal(ClientHarness.Key, sent.ApiKey);
        Assert.StartsWith("BiometricTwoFactor/", sent.UserAgent, StringComparison.Ordinal);
        return Encoding.UTF8.GetString(sent.Body);
    }

    private static void AssertJson(string expected, string actual) =>
        Assert.True(WireJson.DeepEquals(WireJson.Parse(expected), WireJson.Parse(actual)), actual);

    [Theory]
    [InlineData(ApiEdition.Auto, true)]
    [InlineData(ApiEdition.Guide, true)]
    [InlineData(ApiEdition.Reference, false)]
    public async Task A_sensitive_action_names_its_workflow_type_except_in_the_reference(ApiEdition edition, bool typed)
    {
        var request = CreateSessionRequest.ForReauthentication("wf_bio_2fa", "user-1", "settings_change") with
        {
            Callback = new Uri("https://bank.example/biometric/callback/abc"),
            Nonce = "n-1",
        };

        AssertJson(
            "{\"workflow_id\":\"wf_bio_2fa\"," + (typed ? "\"workflow_type\":\"biometric_authentication\"," : "") +
            """
            "vendor_data":"user-1","callback":"https://bank.example/biometric/callback/abc","callback_method":"completer",
            "metadata":{"reason":"settings_change","nonce":"n-1"}}
            """,
            await BodyOf(request, edition));
    }

    [Theory]
    [InlineData(ApiEdition.Auto)]
    [InlineData(ApiEdition.Guide)]
    [InlineData(ApiEdition.Reference)]
    public async Task A_payment_sends_amount_currency_and_payee_as_they_are_stored(ApiEdition edition) => AssertJson(
        """
        {"workflow_id":"wf","vendor_data":"user-1","metadata":{"purpose":"payment","amount":"247.50","currency":"EUR",
         "payee_account":"ES9121000418450200051332","payee_name":"Acme GmbH","transaction_reference":"INV-7"}}
        """,
        await BodyOf(CreateSessionRequest.ForScaPayment("wf", "user-1", Payment), edition));

    [Fact]
    public async Task A_payment_that_is_a_sensitive_action_sends_purpose_and_reason() => AssertJson(
        """
        {"workflow_id":"wf","vendor_data":"user-1","metadata":{"reason":"high_value_txn","purpose":"payment","amount":"1000","currency":"JPY",
         "payee_account":"42","payee_name":"Acme","nonce":"n-1"}}
        """,
        await BodyOf(
            CreateSessionRequest.ForScaPayment("wf", "user-1", Transaction.Create(1000m, "JPY", "42", "Acme")) with { Reason = "high_value_txn", Nonce = "n-1" },
            ApiEdition.Auto));

    [Fact]
    public async Task A_high_value_action_may_carry_the_guides_amount() => AssertJson(
        """
        {"workflow_id":"wf","workflow_type":"biometric_authentication","vendor_data":"u","metadata":{"reason":"high_value_txn","amount":"247.50",
         "currency":"EUR","payee_account":"ES9121000418450200051332","payee_name":"Acme GmbH","transaction_reference":"INV-7"}}
        """,
        await BodyOf(CreateSessionRequest.ForReauthentication("wf", "u", "high_value_txn") with { Transaction = Payment }, ApiEdition.Guide));

    [Fact]
    public async Task An_sca_login_sends_the_digest_of_the_sign_in_session() => AssertJson(
        """{"workflow_id":"wf","vendor_data":"user-1","metadata":{"purpose":"login","session_id":"9f86d081"}}""",
        await BodyOf(CreateSessionRequest.ForScaLogin("wf", "user-1", "9f86d081"), ApiEdition.Auto));

    [Fact]
    public async Task An_enrolment_sends_workflow_and_user_only() => AssertJson(
        """{"workflow_id":"wf_kyc","vendor_data":"user-1"}""",
        await BodyOf(CreateSessionRequest.ForEnrolment("wf_kyc", "user-1"), ApiEdition.Auto));

    [Fact]
    public async Task Every_field_of_the_contract_can_be_sent()
    {
        using var portrait = PortraitImage.FromBytes(Jpeg());
        var request = CreateSessionRequest.ForEnrolment("wf", "Zoë & <co>") with
        {
            Callback = new Uri("bankapp://done?x=1"),
            CallbackMethod = CallbackMethod.Both,
            Language = "pt-BR",
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["branch"] = "7\"" },
            ContactDetails = new ContactDetails { Email = "a@b.example", SendNotificationEmails = true, EmailLanguage = "de", Phone = "+34600000000" },
            ExpectedDetails = new ExpectedDetails
            {
                FirstName = "A", LastName = "B", DateOfBirth = new DateOnly(1990, 2, 1), Gender = "F", Nationality = "ESP", Country = "ES",
                IdCountry = "ESP", ProofOfAddressCountry = "FRA", Address = "Street 1", IdentificationNumber = "X1", IpAddress = "203.0.113.7",
                ExpectedDocumentTypes = ["P", "ID"], CompanyName = "Co", RegistryCountry = "GB", RegistrationNumber = "R1",
            },
            Portrait = portrait,
            SandboxScenario = "approve",
        };

        AssertJson(
            """
            {"workflow_id":"wf","vendor_data":"Zoë & <co>","callback":"bankapp://done?x=1","callback_method":"both","metadata":{"branch":"7\""},
             "language":"pt-BR",
             "contact_details":{"email":"a@b.example","send_notification_emails":true,"email_lang":"de","phone":"+34600000000"},
             "expected_details":{"first_name":"A","last_name":"B","date_of_birth":"1990-02-01","gender":"F","nationality":"ESP","country":"ES",
               "id_country":"ESP","poa_country":"FRA","address":"Street 1","identification_number":"X1","ip_address":"203.0.113.7",
               "expected_document_types":["P","ID"],"company_name":"Co","registry_country":"GB","registration_number":"R1"},
             "portrait_image":"/9j/AAAAAAA=","sandbox_scenario":"approve"}
            """,
            await BodyOf(request, ApiEdition.Auto));
    }

    [Theory]
    [InlineData("amount")]
    [InlineData("nonce")]
    [InlineData("session_id")]
    public async Task The_sdks_own_metadata_names_cannot_be_given_twice(string name)
    {
        using var harness = new ClientHarness();
        var request = CreateSessionRequest.ForScaPayment("wf", "u", Payment) with
        {
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = "1.00" },
        };
        await Assert.ThrowsAsync<ArgumentException>(() => harness.Client.CreateSessionAsync(request));
        Assert.Empty(harness.Network.Sent);
    }

    [Fact]
    public async Task A_portrait_over_the_limit_is_refused_before_anything_is_sent_and_the_setting_is_named()
    {
        using var harness = new ClientHarness(options => options.PortraitMaxBytes = 1000);
        using var portrait = PortraitImage.FromBytes(Jpeg(1001));
        var refusal = await Assert.ThrowsAsync<BiometricException>(
            () => harness.Client.CreateSessionAsync(CreateSessionRequest.ForEnrolment("wf", "u") with { Portrait = portrait }));
        Assert.Equal(BiometricErrorCode.PortraitTooLarge, refusal.Code);
        Assert.Contains("1000 bytes", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Biometric:PortraitMaxBytes", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(harness.Network.Sent);
    }

    [Fact]
    public async Task A_portrait_at_the_limit_is_sent()
    {
        using var harness = new ClientHarness(options => options.PortraitMaxBytes = 1000);
        harness.Network.Then(201, ClientHarness.CreatedBody);
        using var portrait = PortraitImage.FromBytes(Jpeg(1000));
        await harness.Client.CreateSessionAsync(CreateSessionRequest.ForEnrolment("wf", "u") with { Portrait = portrait });
        var sent = WireJson.Parse(harness.Network.Sent[0].Body)!["portrait_image"]!.GetValue<string>();
        Assert.Equal(Jpeg(1000), Convert.FromBase64String(sent));
    }

    [Theory]
    [InlineData("")]
    [InlineData("GIF89a.....")]
    [InlineData("<svg></svg>")]
    [InlineData("RIFF....WEBP")]
    public async Task A_portrait_that_is_empty_or_neither_jpeg_nor_png_is_refused(string content)
    {
        var bytes = Encoding.ASCII.GetBytes(content);
        Assert.Equal(BiometricErrorCode.PortraitUnreadable, Assert.Throws<BiometricException>(() => PortraitImage.FromBytes(bytes)).Code);
        using var stream = new MemoryStream(bytes);
        Assert.Equal(
            BiometricErrorCode.PortraitUnreadable,
            (await Assert.ThrowsAsync<BiometricException>(() => PortraitImage.FromStreamAsync(stream))).Code);
    }

    [Fact]
    public async Task A_portrait_that_was_disposed_is_not_sent()
    {
        using var harness = new ClientHarness();
        var portrait = PortraitImage.FromBytes(Jpeg());
        portrait.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => harness.Client.CreateSessionAsync(CreateSessionRequest.ForEnrolment("wf", "u") with { Portrait = portrait }));
        Assert.Empty(harness.Network.Sent);
    }

    [Fact]
    public async Task A_large_portrait_is_warned_of()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(201, ClientHarness.CreatedBody).Then(201, ClientHarness.CreatedBody);
        using var small = PortraitImage.FromBytes(Jpeg(1024 * 1024));
        await harness.Client.CreateSessionAsync(CreateSessionRequest.ForEnrolment("wf", "u") with { Portrait = small });
        Assert.DoesNotContain(harness.Log.Lines, line => line.StartsWith("Warning 1006", StringComparison.Ordinal));
        using var large = PortraitImage.FromBytes(Jpeg(1024 * 1024 + 1));
        await harness.Client.CreateSessionAsync(CreateSessionRequest.ForEnrolment("wf", "u") with { Portrait = large });
        Assert.Contains(harness.Log.Lines, line => line.StartsWith("Warning 1006", StringComparison.Ordinal));
    }
}
