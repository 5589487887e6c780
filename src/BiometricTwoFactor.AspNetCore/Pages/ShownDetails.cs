using System.Globalization;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>What a confirm page lists, from the stored facts (protocol 4.1), written in the reader's language.</summary>
internal static class ShownDetails
{
    private const int GroupLength = 3;

    public static IEnumerable<(string Label, string Value)> Of(StepUpChallenge challenge, string title, StepUpTexts texts)
    {
        if (challenge.Transaction is not { } transaction)
        {
            yield return (texts.ActionLabel, title);
            yield break;
        }

        yield return (texts.AmountLabel, $"{Amount(transaction.AmountText, texts)} {transaction.Currency}");
        if (!transaction.IsBatch)
        {
            yield return (texts.PayeeLabel, transaction.PayeeName);
            yield return (texts.AccountLabel, transaction.PayeeAccount);
        }
        else
        {
            foreach (var item in transaction.Items)
            {
                yield return (texts.PayeeLabel, $"{item.PayeeName}, {item.PayeeAccount}: {Amount(item.AmountText, texts)} {transaction.Currency}");
            }
        }

        if (transaction.Reference is { Length: > 0 } reference)
        {
            yield return (texts.ReferenceLabel, reference);
        }
    }

    /// <summary>The same digits, no more and no fewer, with the language's separators.</summary>
    public static string Amount(string canonical, StepUpTexts texts)
    {
        var point = canonical.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? canonical : canonical[..point];
        for (var at = whole.Length - GroupLength; at > 0 && char.IsAsciiDigit(whole[at - 1]); at -= GroupLength)
        {
            whole = whole.Insert(at, texts.GroupSeparator);
        }

        return point < 0 ? whole : whole + texts.DecimalSeparator + canonical[(point + 1)..];
    }

    public static string Time(DateTimeOffset time, StepUpTexts texts) => time.UtcDateTime.ToString(texts.TimeFormat, CultureInfo.InvariantCulture);
}
