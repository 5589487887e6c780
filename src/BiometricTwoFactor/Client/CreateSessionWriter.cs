using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace BiometricTwoFactor;

/// <summary>Writes the body of a create call. Null members are left out.</summary>
internal static class CreateSessionWriter
{
    private static readonly string[] Reserved =
    [
        SessionMetadataNames.Reason, SessionMetadataNames.Purpose, SessionMetadataNames.SessionDigest,
        SessionMetadataNames.Amount, SessionMetadataNames.Currency, SessionMetadataNames.PayeeAccount,
        SessionMetadataNames.PayeeName, SessionMetadataNames.TransactionReference, SessionMetadataNames.Nonce,
    ];

    /// <exception cref="ArgumentException">The request contradicts itself.</exception>
    internal static void Check(CreateSessionRequest request)
    {
        // "/done" is an absolute address on Unix: of a file.
        if (request.Callback is { } callback && (!callback.IsAbsoluteUri || callback.IsFile))
        {
            throw new ArgumentException("The callback is an absolute address of a page or an application.", nameof(request));
        }

        // A caller's own "amount" beside the transaction's would be a second truth.
        if (request.Metadata?.Keys.FirstOrDefault(name => Reserved.Contains(name, StringComparer.Ordinal)) is { } taken)
        {
            throw new ArgumentException($"The metadata name '{taken}' is the SDK's own.", nameof(request));
        }
    }

    internal static void Write(IBufferWriter<byte> output, CreateSessionRequest request, ApiEdition edition)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("workflow_id"u8, request.WorkflowId);

        // A property of the workflow in the reference, a member of the request in the guide (contract C4).
        if (request.Kind == SessionKind.Reauthentication && edition != ApiEdition.Reference)
        {
            json.WriteString("workflow_type"u8, "biometric_authentication"u8);
        }

        Optional(json, "vendor_data"u8, request.VendorData);
        if (request.Callback is { } callback)
        {
            json.WriteString("callback"u8, callback.IsWellFormedOriginalString() ? callback.OriginalString : callback.AbsoluteUri);
            json.WriteString("callback_method"u8, request.CallbackMethod switch
            {
                CallbackMethod.Initiator => "initiator"u8,
                CallbackMethod.Both => "both"u8,
                _ => "completer"u8,
            });
        }

        WriteMetadata(json, request);
        Optional(json, "language"u8, request.Language);
        WriteContact(json, request.ContactDetails);
        WriteExpected(json, request.ExpectedDetails);
        if (request.Portrait is { } portrait)
        {
            json.WriteBase64String("portrait_image"u8, portrait.Memory.Span);
        }

        Optional(json, "sandbox_scenario"u8, request.SandboxScenario);
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, CreateSessionRequest request)
    {
        var purpose = request.Kind switch
        {
            SessionKind.ScaLogin => "login",
            SessionKind.ScaPayment => "payment",
            _ => null,
        };
        if ((purpose ?? request.Reason ?? request.SessionDigest ?? request.Nonce) is null
            && request.Transaction is null && request.Metadata is null or { Count: 0 })
        {
            return;
        }

        json.WriteStartObject("metadata"u8);
        Optional(json, SessionMetadataNames.Reason, request.Reason);
        Optional(json, SessionMetadataNames.Purpose, purpose);
        Optional(json, SessionMetadataNames.SessionDigest, request.SessionDigest);
        if (request.Transaction is { } transaction)
        {
            json.WriteString(SessionMetadataNames.Amount, transaction.AmountText);
            json.WriteString(SessionMetadataNames.Currency, transaction.Currency);
            json.WriteString(SessionMetadataNames.PayeeAccount, transaction.PayeeAccount);
            json.WriteString(SessionMetadataNames.PayeeName, transaction.PayeeName);
            Optional(json, SessionMetadataNames.TransactionReference, transaction.Reference);
        }

        Optional(json, SessionMetadataNames.Nonce, request.Nonce);
        foreach (var (name, value) in request.Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteContact(Utf8JsonWriter json, ContactDetails? contact)
    {
        if (contact is null)
        {
            return;
        }

        json.WriteStartObject("contact_details"u8);
        Optional(json, "email"u8, contact.Email);
        if (contact.SendNotificationEmails is { } send)
        {
            json.WriteBoolean("send_notification_emails"u8, send);
        }

        Optional(json, "email_lang"u8, contact.EmailLanguage);
        Optional(json, "phone"u8, contact.Phone);
        json.WriteEndObject();
    }

    private static void WriteExpected(Utf8JsonWriter json, ExpectedDetails? expected)
    {
        if (expected is null)
        {
            return;
        }

        json.WriteStartObject("expected_details"u8);
        Optional(json, "first_name"u8, expected.FirstName);
        Optional(json, "last_name"u8, expected.LastName);
        Optional(json, "date_of_birth"u8, expected.DateOfBirth?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Optional(json, "gender"u8, expected.Gender);
        Optional(json, "nationality"u8, expected.Nationality);
        Optional(json, "country"u8, expected.Country);
        Optional(json, "id_country"u8, expected.IdCountry);
        Optional(json, "poa_country"u8, expected.ProofOfAddressCountry);
        Optional(json, "address"u8, expected.Address);
        Optional(json, "identification_number"u8, expected.IdentificationNumber);
        Optional(json, "ip_address"u8, expected.IpAddress);
        if (expected.ExpectedDocumentTypes is { } types)
        {
            json.WriteStartArray("expected_document_types"u8);
            foreach (var type in types)
            {
                json.WriteStringValue(type);
            }

            json.WriteEndArray();
        }

        Optional(json, "company_name"u8, expected.CompanyName);
        Optional(json, "registry_country"u8, expected.RegistryCountry);
        Optional(json, "registration_number"u8, expected.RegistrationNumber);
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
