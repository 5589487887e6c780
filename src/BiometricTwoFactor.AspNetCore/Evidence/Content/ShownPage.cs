namespace BiometricTwoFactor.AspNetCore;

/// <summary>What the confirm page shows, from the same stored facts (protocol 4.1), and one digest over it.</summary>
internal static class ShownPage
{
    public static (string Digest, IReadOnlyList<ShownLine> Lines) Of(StepUpChallenge challenge)
    {
        var lines = Lines(challenge).ToArray();
        return (FieldHash.Of(["biometric-shown/1", .. lines.SelectMany(line => new[] { line.Name, line.Value })]), lines);
    }

    private static IEnumerable<ShownLine> Lines(StepUpChallenge challenge)
    {
        // Without a title of its own, the page has the reason's words in the reader's language.
        yield return challenge.Title is { } title ? new("title", title) : new("reason", challenge.Reason);
        if (challenge.Transaction is not { } transaction)
        {
            yield break;
        }

        yield return new("amount", transaction.AmountText);
        yield return new("currency", transaction.Currency);
        if (!transaction.IsBatch)
        {
            yield return new("payee", transaction.PayeeName);
            yield return new("account", transaction.PayeeAccount);
        }
        else
        {
            foreach (var item in transaction.Items)
            {
                yield return new("payee", item.PayeeName);
                yield return new("account", item.PayeeAccount);
                yield return new("amount", item.AmountText);
            }
        }

        if (transaction.Reference is { Length: > 0 } reference)
        {
            yield return new("reference", reference);
        }
    }
}
