using System.Globalization;
using System.Text.RegularExpressions;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Every attack that must fail has a test by its number.</summary>
public sealed partial class AttackCoverageTests
{
    private const int Attacks = 79;

    [Fact]
    public void Each_attack_has_a_test()
    {
        var tested = typeof(AttackCoverageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true))
            .Select(method => Numbered().Match(method.Name))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToHashSet();
        Assert.Empty(Enumerable.Range(1, Attacks).Except(tested));
    }

    [GeneratedRegex("^Attack_([0-9]{2})_")]
    private static partial Regex Numbered();
}
