using System.Globalization;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The arguments of <c>biometric reconcile</c>; what is wrong with them is said in words.</summary>
internal sealed record ReconcileArguments(DateTimeOffset From, DateTimeOffset To, string? Tenant = null)
{
    private const string FromName = "--from";
    private const string ToName = "--to";
    private const string TenantName = "--tenant";

    public static (ReconcileArguments? Arguments, string? Problem) Read(IReadOnlyList<string> args)
    {
        Dictionary<string, DateTimeOffset> times = new(StringComparer.Ordinal);
        string? tenant = null;
        for (var place = 0; place < args.Count; place++)
        {
            var (name, given) = args[place].Split('=', 2) is [var before, var after] ? (before, after) : (args[place], null);
            if (name is not (FromName or ToName or TenantName))
            {
                return (null, $"'{args[place]}' is not understood.");
            }

            if ((given ?? (place + 1 < args.Count ? args[++place] : null)) is not { } text)
            {
                return (null, $"{name} needs a {(name == TenantName ? "name" : "time")}.");
            }

            if (name == TenantName)
            {
                if (tenant is not null)
                {
                    return (null, $"{name} is given twice.");
                }

                tenant = text;
                continue;
            }

            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return (null, $"{name}: '{text}' is no time. Write it as 2026-05-01T08:00:00Z.");
            }

            if (!times.TryAdd(name, time))
            {
                return (null, $"{name} is given twice.");
            }
        }

        return !times.TryGetValue(FromName, out var from) ? (null, $"{FromName} is missing: where the gap begins.")
            : !times.TryGetValue(ToName, out var to) ? (null, $"{ToName} is missing: where the gap ends.")
            : from >= to ? (null, $"{FromName} is not before {ToName}.")
            : (new ReconcileArguments(from, to, tenant), null);
    }
}
