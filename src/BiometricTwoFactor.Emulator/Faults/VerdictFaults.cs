using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// Makes a verdict's documents lie as planned: its webhook and its decision, in both editions. A fault that has struck a
/// session stays with it, so that both documents, however often they are read, tell the same lie.
/// </summary>
internal sealed class VerdictFaults(EmulatorSettings settings, FaultPlan plans)
{
    private const string OtherAmount = "9999.99";
    private const string OtherPayee = "ES9121000418450200051332";

    private readonly string _otherWorkflow = EmulatorSettings.NewUuid();

    /// <summary>Changes a webhook's body or a decision, and returns it. Nothing happens before a verdict. Called under the store's lock.</summary>
    /// <param name="document">The document, with a <c>decision</c> inside of it or not.</param>
    /// <param name="session">Whose it is.</param>
    /// <param name="edition">The document's edition.</param>
    public JsonObject Apply(JsonObject document, SessionRecord session, ApiEdition edition)
    {
        if (session.IsUnfinished || plans.IsEmpty)
        {
            return document;
        }

        JsonObject[] parts = document["decision"] is JsonObject decision ? [document, decision] : [document];
        if (Strikes(EmulatorFaultKind.VerdictWrongEcho, session) is not null)
        {
            WriteWrongEcho(parts, edition);
        }

        if (Strikes(EmulatorFaultKind.VerdictMissingEcho, session) is not null)
        {
            RemoveEcho(parts);
        }

        if (Strikes(EmulatorFaultKind.VerdictOtherUser, session) is { } user)
        {
            Write(parts, "vendor_data", user.Text ?? "somebody-else");
        }

        // The guide's documents name neither workflow nor environment; one that does is read all the same.
        if (Strikes(EmulatorFaultKind.VerdictOtherWorkflow, session) is { } workflow)
        {
            Write(parts, "workflow_id", workflow.Text ?? _otherWorkflow);
        }

        if (Strikes(EmulatorFaultKind.VerdictOtherEnvironment, session) is not null)
        {
            Write(parts, "environment", settings.IsSandbox ? "live" : "sandbox");
        }

        if (Strikes(EmulatorFaultKind.VerdictStatusCase, session) is not null)
        {
            Write(parts, "status", session.Status.ToWire().ToLowerInvariant());
        }

        if (Strikes(EmulatorFaultKind.VerdictUnknownStatus, session) is { } status)
        {
            Write(parts, "status", status.Text ?? "Genehmigt");
        }

        return document;
    }

    private EmulatorFault? Strikes(EmulatorFaultKind kind, SessionRecord session) => plans.TakeForGood(kind, session.Id);

    private static void Write(JsonObject[] parts, string name, string value)
    {
        foreach (var part in parts)
        {
            part[name] = value;
        }
    }

    private static void WriteWrongEcho(JsonObject[] parts, ApiEdition edition)
    {
        var name = edition == ApiEdition.Guide ? "metadata_echo" : "metadata";
        foreach (var part in parts)
        {
            // What is no object cannot echo an amount: it is replaced.
            if (part[name] is not JsonObject echo)
            {
                part[name] = echo = [];
            }

            echo["amount"] = Other(echo["amount"], OtherAmount, "1.00");
            echo["payee_account"] = Other(echo["payee_account"], OtherPayee, "DE02120300000000202051");
        }
    }

    /// <summary>Another text, whatever the right one is.</summary>
    private static string Other(JsonNode? right, string other, string instead) =>
        right is JsonValue value && value.TryGetValue<string>(out var text) && text == other ? instead : other;

    private static void RemoveEcho(JsonObject[] parts)
    {
        foreach (var part in parts)
        {
            part.Remove("metadata_echo");
            // A decision has every member, empty or not; a webhook lacks what a session does not have (contract 4.4).
            if (part.ContainsKey("session_kind"))
            {
                part["metadata"] = null;
            }
            else
            {
                part.Remove("metadata");
            }
        }
    }
}
