using System.Buffers.Binary;
using System.Text;
using Microsoft.AspNetCore.Builder;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// Two unary methods of gRPC as what they are on the wire: a POST whose body is a message with its length before it, answered
/// by another and trailers. Grpc.AspNetCore, which would map them the same way, does not restore here.
/// </summary>
internal static class GrpcCalls
{
    public const string Change = "/bank.Limits/Change";
    public const string Pay = "/bank.Payments/Pay";

    public static void Map(WebApplication app, RelyingPartySetup setup)
    {
        app.MapPost(Change, async (HttpContext context) =>
        {
            new Limit(await ReadAsync(context)).Carry(setup);
            await AnswerAsync(context, "done");
        }).RequireBiometric(StepUpReason.SettingsChange, Limit.Title);
        app.MapPost(Pay, async (HttpContext context, StepUpService stepUp) =>
        {
            var transfer = (await ReadAsync(context)).Split('|') is [var amount, var account] ? new TransferRequest(amount, "EUR", account, "Ada Lovelace") : throw new FormatException();
            if (await stepUp.RequireAsync(context, StepUpReason.HighValueTransaction, transfer.ToTransaction()) is { } answer)
            {
                await ((IResult)answer).ExecuteAsync(context);
                return;
            }

            setup.Execute(transfer, context);
            await AnswerAsync(context, "paid");
        }).RequireAuthorization();
    }

    public static byte[] Frame(string message)
    {
        var text = Encoding.UTF8.GetBytes(message);
        var frame = new byte[5 + text.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), text.Length);
        text.CopyTo(frame, 5);
        return frame;
    }

    private static async Task<string> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return Encoding.UTF8.GetString(body.ToArray().AsSpan(5));
    }

    private static async Task AnswerAsync(HttpContext context, string message)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(Frame(message));
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
