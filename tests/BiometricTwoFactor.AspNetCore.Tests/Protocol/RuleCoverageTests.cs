using System.Reflection;
using System.Text.RegularExpressions;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// Every rule of the protocol has a test that is named after it, in the class of its section. A rule without one stands here
/// with its reason.
/// </summary>
public sealed partial class RuleCoverageTests
{
    /// <summary>The rules, by number, with what they are about. Section 9 has one paragraph, which counts as one rule; sections 10 and 11 have the rules of PROTOCOL.md.</summary>
    private static readonly Dictionary<string, string> Rules = new(StringComparer.Ordinal)
    {
        ["1.1"] = "bound to tenant, scheme, subject and sign-in session",
        ["1.2"] = "every route with an id checks the binding; 404 to others",
        ["1.3"] = "vendor_data",
        ["1.4"] = "live unless configured, and nothing else in Production",
        ["1.5"] = "the start cookie; signing in again, signing out",
        ["2.1"] = "one face, one action; a window for access only",
        ["2.2"] = "facts of the server; no challenge from a forged post",
        ["2.3"] = "the same question, the same challenge; what ends an older one",
        ["2.4"] = "limits",
        ["3.1"] = "the lease",
        ["3.2"] = "the device that captured comes back",
        ["3.3"] = "freshness, deletion",
        ["3.4"] = "ten minutes and ten minutes",
        ["3.5"] = "no workflow without a face match for the enrolled",
        ["4.1"] = "what is shown is what the digest covers",
        ["4.2"] = "another device",
        ["4.3"] = "headers of the pages",
        ["5.1"] = "the one-time code in the path",
        ["5.2"] = "the callback changes nothing; the claim is a post of our own page",
        ["5.3"] = "when a claim redeems, waits or comes too late",
        ["5.4"] = "a code without its binding",
        ["5.5"] = "claims turned off by reason",
        ["5.6"] = "what captured is compared with what asked",
        ["6.1"] = "three ways in, one judge",
        ["6.2"] = "what is judged as it is",
        ["6.3"] = "canonical numbers, deduplication",
        ["6.4"] = "how deliveries are answered",
        ["6.5"] = "the judge",
        ["6.6"] = "transitions",
        ["6.7"] = "review",
        ["6.8"] = "a stand-alone face match completes nothing",
        ["6.9"] = "what a refusal tells",
        ["7.1"] = "one conditional write",
        ["7.2"] = "the digest of what was really received",
        ["7.3"] = "joined mode, plain mode",
        ["8.1"] = "not enrolled has a way out",
        ["8.2"] = "never enrolled by a password alone",
        ["8.3"] = "the portrait",
        ["8.4"] = "when the stored face can be relied on",
        ["9.1"] = "devices and networks",
        ["10.1"] = "the tenant of a delivery",
        ["10.2"] = "nothing of one serves another",
        ["10.3"] = "a request of no tenant",
        ["10.4"] = "whose a line, a trace, a count is",
        ["11.1"] = "erasing the key erases the person",
        ["11.2"] = "written with what it is about, chained afterwards",
        ["11.3"] = "verified without the application",
        ["11.4"] = "a master key that does not fit",
    };

    /// <summary>What other work proves; each with the reason.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["7.3"] = "Joined mode belongs to the issue on stores; the plain mode's rule follows from 7.1.",
    };

    [Fact]
    public void Every_rule_has_a_test_that_is_named_after_it()
    {
        var tested = Tests().Select(test => RuleOf(test.Name)).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], Elsewhere.Keys.Intersect(tested, StringComparer.Ordinal)); // whoever proves one takes it off that list
        tested.UnionWith(Elsewhere.Keys);
        Assert.Equal([], Rules.Keys.Except(tested, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_test_of_a_section_is_named_after_one_of_its_rules()
    {
        foreach (var test in Tests())
        {
            Assert.True(RuleOf(test.Name) is { } rule && Rules.ContainsKey(rule), $"{test.DeclaringType!.Name}.{test.Name} names no rule.");
            Assert.Equal(RuleOf(test.Name)!.Split('.')[0], SectionName().Match(test.DeclaringType!.Name).Groups["section"].Value);
        }
    }

    [Fact]
    public void Every_rule_is_told_to_the_reader_and_no_other()
    {
        var told = ToldRule().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PROTOCOL.md"))).Select(match => match.Groups["rule"].Value);
        Assert.Equal(Rules.Keys.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<MethodInfo> Tests() => typeof(RuleCoverageTests).Assembly.GetTypes()
        .Where(type => SectionName().IsMatch(type.Name))
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true));

    private static string? RuleOf(string name) => RuleName().Match(name) is { Success: true } match ? $"{match.Groups[1].Value}.{match.Groups[2].Value}" : null;

    [GeneratedRegex(@"^\* \*\*(?<rule>[1-9][0-9]?\.[1-9])\*\*", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ToldRule();

    [GeneratedRegex("^Section(?<section>[1-9][0-9]?)[A-Za-z]+Tests$", RegexOptions.ExplicitCapture)]
    private static partial Regex SectionName();

    [GeneratedRegex("^Rule_([1-9][0-9]?)_([1-9])_[A-Z]")]
    private static partial Regex RuleName();
}
