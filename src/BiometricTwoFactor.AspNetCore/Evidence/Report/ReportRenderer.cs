using System.Globalization;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Tells the story of one challenge from its entries.</summary>
internal static class ReportRenderer
{
    /// <summary>Null where there are no entries.</summary>
    public static string? Render(string challengeId, IReadOnlyList<OpenedEvidence> entries)
    {
        if (entries.Count == 0)
        {
            return null;
        }

        var facts = entries.Select(entry => (entry.Entry, Facts: entry.Facts)).ToArray();
        var asked = facts.Select(fact => fact.Facts?.Asked).FirstOrDefault(found => found is not null);
        var outcome = facts.Any(fact => fact.Entry.Kind == EvidenceKind.ReversedAfterUse)
            ? nameof(EvidenceKind.ReversedAfterUse)
            : facts.Select(fact => fact.Entry.Outcome).LastOrDefault(found => found is not null);
        var page = new ReportPage()
            .Title("Evidence of one authentication")
            .Paragraph(EvidenceWords.OfOutcome(outcome), "outcome")
            .Paragraph($"Authentication {challengeId}", "soft");
        if (entries.Any(entry => entry.IsErased))
        {
            page.Paragraph("The person was erased. That these things happened, when, and in which order, is still proven; what they say can be read by nobody.");
        }

        if (entries.Any(entry => entry.IsUnreadable))
        {
            page.Paragraph("Entries of it cannot be read here: their key is missing. The application opens them with the master key of their time (Biometric:Evidence:FormerMasterKeys).");
        }

        Asked(page, asked, facts[0].Entry.At);
        var shown = facts.Select(fact => fact.Facts?.Shown).LastOrDefault(found => found is not null);
        Shown(page, shown);
        foreach (var (entry, fact) in facts.Where(fact => fact.Facts?.Verdict is not null))
        {
            Verdict(page, entry, fact!, asked, shown);
        }

        Use(page, facts);
        Timeline(page, facts);
        Chain(page, entries);
        return page
            .Paragraph("This page repeats what was recorded. That the records are what was recorded, biometric2fa evidence verify shows on an export.", "soft")
            .Write($"Evidence of {challengeId}");
    }

    private static void Asked(ReportPage page, AskedFacts? asked, DateTimeOffset at)
    {
        page.Heading("What was asked");
        if (asked is null)
        {
            page.Paragraph("The entry that says it is missing or cannot be read.", "soft");
            return;
        }

        page.Facts(
            ("Asked at", Time(at)),
            ("By", $"{asked.By.Subject} (signed in by {asked.By.Scheme})"),
            ("Reason", asked.Reason),
            ("Action", asked.Title ?? (asked.Payment is null ? asked.Action : null)),
            ("Amount", asked.Payment is { } payment ? $"{payment.Amount} {payment.Currency}" : null),
            ("Payee", asked.Payment?.PayeeName),
            ("Account", asked.Payment?.PayeeAccount),
            ("Payees", asked.Payment?.Items is { } items ? string.Join("; ", items.Select(item => $"{item.Name}, {item.Account}: {item.Amount}")) : null),
            ("Reference", asked.Payment?.Reference),
            ("Digest of all this", asked.Digest),
            ("Device", asked.Device.IsKnown ? "recognised" : "not recognised"),
            ("Device (hash)", asked.Device.DeviceHash),
            ("Network", asked.Device.NetworkHash is null ? null : asked.Device.IsNetworkKnown ? "recognised" : "not recognised"),
            ("To be answered by", Time(asked.Deadline)),
            ("Demanded", asked.WithoutFace is { } reason ? EvidenceWords.OfReason(reason) : $"workflow {asked.Workflow}{(asked.Method is { } method ? $", liveness by {method}" : "")}"),
            ("Claim by the asking browser", asked.ClaimRequired ? null : "not demanded for this reason (turned off by option)"),
            ("Evidenced before", string.Join(", ", asked.Factors)),
            ("Policy", asked.PolicyVersion));
    }

    private static void Shown(ReportPage page, ShownFacts? shown)
    {
        if (shown is null)
        {
            return;
        }

        page.Heading("What was shown")
            .Paragraph("Before the camera opened, the page of the application showed:")
            .Facts([.. shown.Lines.Select(line => (char.ToUpperInvariant(line.Name[0]) + line.Name[1..], (string?)line.Value))])
            .Facts(
                ("Digest of what was shown", shown.Digest),
                ("Capture session", shown.Session),
                ("Started on", string.Join(", ", new[] { shown.Os, shown.Browser, shown.Country }.Where(part => part is not null))));
        if (shown.HandOver is { } handOver)
        {
            page.Paragraph("It was finished on another device than the one that asked. Before its camera opened, that device showed the same, and who asks:")
                .Facts(
                    ("Handed over", $"to {handOver.Kind}, chosen {Time(handOver.OfferedAt)}"),
                    ("Digits given there", Time(handOver.DigitsAt)),
                    ("Wrong digits before", handOver.WrongDigits == 0 ? null : handOver.WrongDigits.ToString(CultureInfo.InvariantCulture)))
                .Facts([.. handOver.ShownLines.Where(line => line.Name.StartsWith("asked-", StringComparison.Ordinal)).Select(line => ("Asked: " + line.Name["asked-".Length..], (string?)line.Value))])
                .Facts(("Digest of what was shown there", handOver.ShownDigest));
        }
    }

    private static void Verdict(ReportPage page, ChainedEvidence entry, EvidenceContent content, AskedFacts? asked, ShownFacts? shown)
    {
        var verdict = content.Verdict!;
        page.Heading($"Verdict of {Time(entry.At)}")
            .Facts(
                ("Came", content.Delivery is { } delivery
                    ? $"in a delivery signed by the provider ({delivery.Bytes} bytes; the signature over the {(delivery.Form == nameof(WebhookSignatureForm.RawBody) ? "raw bytes" : "canonical form")} was right under secret {delivery.SecretLabel})"
                    : "by reading the decision at the provider; it has no signature of the provider's"),
                ("Judged", verdict.Judgement is { } judgement
                    ? $"{judgement.Verdict}, under policy {judgement.PolicyVersion}"
                    : "not judged: nothing was left to decide"),
                ("Demanded beyond the face", verdict.Judgement?.Demand),
                ("Outcome", entry.Outcome is null ? null : EvidenceWords.OfOutcome(entry.Outcome)));
        var checks = EvidenceChecks.Of(entry.ChallengeId, asked, shown, verdict).ToArray();
        if (checks.Length == 0)
        {
            page.Facts(("The provider's status", verdict.Status));
            return;
        }

        page.Table(
            ["Check", "Demanded", "Found", "Result"],
            checks.Select(check => new (string, string?)[] { (check.Name, null), (check.Demanded, null), (check.Found, null), Result(check.Result) }));
        foreach (var reason in checks.SelectMany(check => check.Reasons))
        {
            page.Paragraph(reason);
        }
    }

    private static (string Text, string? Style) Result(EvidenceCheckResult result) => result switch
    {
        EvidenceCheckResult.Passed => ("✓ passed", "passed"),
        EvidenceCheckResult.Failed => ("✗ failed", "failed"),
        EvidenceCheckResult.Noted => ("noted", null),
        _ => ("not reached", "skipped"),
    };

    /// <summary>That it was used, and when, is public and outlives the details: an erased person's report must not deny it.</summary>
    private static void Use(ReportPage page, (ChainedEvidence Entry, EvidenceContent? Facts)[] facts)
    {
        var factors = new FactorTally();
        foreach (var fact in facts)
        {
            factors.Take(fact.Facts);
        }

        var used = facts.Select(fact => fact.Entry).FirstOrDefault(entry => entry.Kind == EvidenceKind.Used);
        var use = facts.Select(fact => fact.Facts?.Use).FirstOrDefault(found => found is not null);
        page.Heading("Factors and use");
        if (used is not null && use is null)
        {
            page.Paragraph("It was used; by which factors, by whom and by which operation can be read no longer.");
        }

        page.Facts(
            ("Factors", string.Join(", ", factors.Words)),
            ("In the face's place", factors.Alternative),
            ("Used", use is not null ? Time(use.At) : used is not null ? Time(used.At) : "no"),
            ("Used by", use?.By.Subject),
            ("Operation", use?.Operation),
            ("For the digest", use?.Digest));
    }

    private static void Timeline(ReportPage page, (ChainedEvidence Entry, EvidenceContent? Facts)[] facts)
    {
        page.Heading("Timeline").Table(
            ["Time", "What happened", "State after it", "Why"],
            facts.Select(fact => new (string, string?)[]
            {
                (Time(fact.Entry.At), null),
                (fact.Facts?.Review is { } review ? $"{EvidenceWords.OfKind(fact.Entry.Kind)}: {review.Action} by {review.Reviewer}{(review.Comment is null ? "" : $" ({review.Comment})")}" : WhatHappened(fact.Entry.Kind, fact.Facts), null),
                (fact.Entry.Outcome ?? "", null),
                (fact.Facts?.Unreadable == true ? "The details are lost." : string.Join(" ", (fact.Facts?.Reasons ?? []).Select(EvidenceWords.OfReason)), null),
            }));
    }

    private static string WhatHappened(EvidenceKind kind, EvidenceContent? facts) =>
        kind == EvidenceKind.Claimed && facts?.HandOver is not null ? "The device that it was handed over to claimed the verdict" : EvidenceWords.OfKind(kind);

    private static void Chain(ReportPage page, IReadOnlyList<OpenedEvidence> entries) =>
        page.Heading("Place in the chain").Table(
            ["Entry", "Kind", "Hash"],
            entries.Select(opened => new (string, string?)[]
            {
                (opened.Entry.Sequence.ToString(CultureInfo.InvariantCulture), null), (opened.Entry.Kind.ToString(), null), (Convert.ToHexStringLower(opened.Entry.Hash), "code"),
            }));

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
