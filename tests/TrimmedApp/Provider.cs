using System.Net;
using System.Text;

namespace TrimmedApp;

/// <summary>Answers every call with a new session.</summary>
internal sealed class Provider : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.Created)
        {
            Content = new StringContent(
                """{"session_id":"11111111-2222-4333-8444-555555555555","url":"https://verify.didit.me/session/3FaJ9wLqX2Mz","status":"Not Started","vendor_data":"alice","metadata":null}""",
                Encoding.UTF8,
                "application/json"),
        });
}
