using System.Globalization;
using System.Text;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>Verdicts of the sizes that the promises name, in the order and spelling of the provider.</summary>
internal static class Verdicts
{
    public const long Now = 1774970000;

    public static WebhookSecret Secret { get; } = new("benchmark_secret_0000000001");

    /// <summary>About 1 KB: a payment's approval with every feature of a re-authentication.</summary>
    public static byte[] OneKilobyte() => Encoding.UTF8.GetBytes(
        "{\"application_id\":\"11111111-2222-3333-4444-555555555555\",\"created_at\":1774969994,\"decision\":{"
        + "\"face_matches\":[{\"node_id\":\"face_match_1\",\"score\":96.15,\"status\":\"Approved\",\"warnings\":[]}],"
        + "\"features\":[\"LIVENESS\",\"FACE_MATCH\",\"IP_ANALYSIS\"],"
        + "\"ip_analyses\":[{\"ip_country_code\":\"ES\",\"is_data_center\":false,\"is_vpn_or_tor\":false,\"node_id\":\"ip_analysis_1\",\"status\":\"Approved\",\"warnings\":[]}],"
        + "\"liveness_checks\":[{\"method\":\"ACTIVE_3D\",\"node_id\":\"liveness_1\",\"score\":95.4,\"status\":\"Approved\",\"warnings\":[]}],"
        + "\"session_id\":\"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\",\"status\":\"Approved\"},"
        + "\"environment\":\"live\",\"event_id\":\"9c0c8b8a-1111-4222-9333-444444444444\","
        + "\"metadata\":{\"amount\":\"247.50\",\"challenge\":\"q7Zl0bX3T5yWn1cV\",\"currency\":\"EUR\",\"payee_account\":\"ES9121000418450200051332\"},"
        + "\"session_id\":\"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\",\"status\":\"Approved\",\"timestamp\":1774970000,\"vendor_data\":\"user-42\","
        + "\"webhook_type\":\"status.updated\",\"workflow_id\":\"22222222-3333-4444-5555-666666666666\",\"workflow_version\":4}");

    /// <summary>About 20 KB: the same session with many document checks, names in escapes as on the wire.</summary>
    public static byte[] TwentyKilobytes()
    {
        var text = new StringBuilder("{\"created_at\":1774969994,\"decision\":{\"id_verifications\":[");
        for (var i = 0; i < 40; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $"{{\"address\":\"Calle de Alcal\\u00e1 {i}, 28014 Madrid, Espa\\u00f1a\",\"age\":{30 + i},\"date_of_birth\":\"1980-01-15\",\"document_number\":\"CAA000{i:000}\",\"document_type\":\"Identity Card\",\"expiration_date\":\"2031-06-02\",\"extra_fields\":{{}},\"first_name\":\"Jos\\u00e9\",\"front_image\":\"https://media.example/sessions/abc/front-{i}.jpg?sig=a/b+c\",\"issuing_state\":\"ESP\",\"last_name\":\"M\\u00fcller\",\"node_id\":\"id_verification_{i}\",\"score\":9{i % 10}.25,\"status\":\"Approved\",\"warnings\":[]}}");
        }

        text.Append("],\"session_id\":\"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\",\"status\":\"Approved\"},\"environment\":\"live\",");
        text.Append("\"event_id\":\"e-1\",\"session_id\":\"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\",\"status\":\"Approved\",\"timestamp\":1774970000,");
        text.Append("\"vendor_data\":\"user-42\",\"webhook_type\":\"status.updated\",\"workflow_id\":\"22222222-3333-4444-5555-666666666666\"}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static WebhookVerifier Verifier() => new(new WebhookVerifierOptions { Secrets = [Secret] }, new StillClock());

    private sealed class StillClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Now);
    }
}
