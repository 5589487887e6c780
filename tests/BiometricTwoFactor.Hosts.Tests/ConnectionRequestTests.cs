using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NSubstitute;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The server uses a request's objects again: a circuit that outlives the request that opened it must not become the next person's.</summary>
public sealed class ConnectionRequestTests
{
    [Fact]
    public async Task A_circuit_stays_the_persons_who_opened_it_when_the_server_uses_the_request_again()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var opening = Request("session=alice", "198.51.100.7", services);
        using var requests = new CircuitRequests(new HttpContextAccessor { HttpContext = opening }, services.GetRequiredService<IServiceScopeFactory>());
        await requests.OnConnectionUpAsync(null!, CancellationToken.None);

        opening.Request.Headers.Cookie = "session=mallory";
        opening.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.9");
        opening.User = new ClaimsPrincipal();
        opening.Features.Set<IEndpointFeature>(null);

        await using var call = requests.Begin();
        Assert.Equal(("alice", "198.51.100.7", "alice"), (call!.Context.Request.Cookies["session"], call.Context.Connection.RemoteIpAddress!.ToString(), call.Context.User.Identity!.Name));
        Assert.True(call.Context.Response.HasStarted);
    }

    [Fact]
    public async Task What_a_call_writes_is_no_other_calls()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var connection = Request("session=alice", "198.51.100.7", services);
        var one = ConnectionRequest.Of(connection, services, CancellationToken.None);
        var other = ConnectionRequest.Of(connection, services, CancellationToken.None);
        one.Features.Set(Approval);
        one.Items["approved"] = true;
        one.User = new ClaimsPrincipal();
        Assert.Null(other.Features.Get<IBiometricApprovalFeature>());
        Assert.Null(connection.Features.Get<IBiometricApprovalFeature>());
        Assert.Empty(other.Items);
        Assert.Equal(("alice", "alice"), (other.User.Identity!.Name, connection.User.Identity!.Name));
    }

    private static IBiometricApprovalFeature Approval => Substitute.For<IBiometricApprovalFeature>();

    private static DefaultHttpContext Request(string cookie, string address, IServiceProvider services) => new()
    {
        Request = { Headers = { Cookie = cookie } },
        Connection = { RemoteIpAddress = IPAddress.Parse(address) },
        User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "alice")], "test")),
        RequestServices = services,
    };
}
