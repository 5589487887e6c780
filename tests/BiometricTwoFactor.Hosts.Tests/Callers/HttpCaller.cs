using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Reads what an endpoint answered: a redirect to the confirm page or to the enrolment, problem details, or the result.</summary>
internal static class HttpCaller
{
    public static async Task<Outcome> OutcomeAsync(HttpResponseMessage answer)
    {
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            return Outcome.Done;
        }

        if (answer.StatusCode == HttpStatusCode.SeeOther)
        {
            return answer.Headers.Location!.ToString().StartsWith("/biometric/enrol", StringComparison.Ordinal)
                ? Outcome.Refused("not-enrolled")
                : new Outcome(Ran: false, Browser.IdOf(answer));
        }

        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            // A page for people.
            return Outcome.Refused(answer.StatusCode == HttpStatusCode.ServiceUnavailable ? "unavailable" : answer.StatusCode.ToString());
        }

        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return json.TryGetProperty("challengeId", out var id) ? new Outcome(Ran: false, id.GetString()) : Outcome.Refused(json.GetProperty("type").GetString());
    }
}
