using Microsoft.Extensions.Options;

namespace BiometricTwoFactor;

/// <summary>Says at start what is wrong, by the name of the setting and never by its value (the key is one of them).</summary>
internal sealed class BiometricClientOptionsValidator : IValidateOptions<BiometricClientOptions>
{
    private const string SignInHost = "apx.didit.me";

    private static readonly TimeSpan ShortestTime = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, BiometricClientOptions options)
    {
        var problems = new Problems(name);
        if (!options.IsTemplate)
        {
            CheckKey(options.ApiKey, problems);
        }

        CheckAddress(options.BaseAddress, problems);
        problems.Unless(options.Edition is ApiEdition.Auto or ApiEdition.Guide or ApiEdition.Reference, "Edition", "is Auto, Guide or Reference");
        foreach (var host in options.HostedPageHosts)
        {
            problems.Unless(Uri.CheckHostName(host) != UriHostNameType.Unknown, "HostedPageHosts", "holds host names, such as verify.didit.me, without scheme, port and path");
        }

        CheckSize(options.PortraitMaxBytes, problems, "PortraitMaxBytes");
        CheckSize(options.ImageMaxBytes, problems, "ImageMaxBytes");
        CheckSize(options.AnswerMaxBytes, problems, "AnswerMaxBytes");
        CheckSize(options.ReportMaxBytes, problems, "ReportMaxBytes");
        problems.Unless(options.MaxListPages > 0, "MaxListPages", "is at least 1");
        CheckResilience(options.Resilience, problems);
        return problems.Result();
    }

    private static void CheckKey(string? key, Problems problems)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            problems.Add("ApiKey", "is missing");
            return;
        }

        // Anything else cannot stand in a header; a line break would make two of one.
        problems.Unless(key.All(c => c is > ' ' and < '\x7f'), "ApiKey", "holds printable ASCII characters without spaces only");
    }

    private static void CheckAddress(Uri? address, Problems problems)
    {
        if (address is not { IsAbsoluteUri: true })
        {
            problems.Add("BaseAddress", "must be an absolute URL");
            return;
        }

        problems.Unless(Origins.IsConfidential(address), "BaseAddress", "is https; http is allowed on this machine only");
        problems.Unless(
            !string.Equals(address.IdnHost.TrimEnd('.'), SignInHost, StringComparison.OrdinalIgnoreCase),
            "BaseAddress", $"is not {SignInHost}, which signs people in and has no sessions");
        problems.Unless(
            address.UserInfo.Length == 0 && string.Equals(address.PathAndQuery, "/", StringComparison.Ordinal) && address.Fragment.Length == 0,
            "BaseAddress", "is an origin: scheme, host and port without path, query or user");
    }

    private static void CheckSize(int bytes, Problems problems, string setting) =>
        problems.Unless(bytes is > 0 and < int.MaxValue / 4, setting, "is between 1 byte and 512 MiB");

    private static void CheckResilience(BiometricResilienceOptions options, Problems problems)
    {
        CheckTime(options.AttemptTimeout.Timeout, problems, "Resilience:AttemptTimeout:Timeout");
        CheckTime(options.TotalRequestTimeout.Timeout, problems, "Resilience:TotalRequestTimeout:Timeout");
        problems.Unless(options.AttemptTimeout.Timeout <= options.TotalRequestTimeout.Timeout, "Resilience:AttemptTimeout:Timeout", "is not longer than TotalRequestTimeout");
        problems.Unless(options.Retry.MaxRetryAttempts is >= 0 and <= 20, "Resilience:Retry:MaxRetryAttempts", "is 0 to 20");
        problems.Unless(options.Retry.Delay >= TimeSpan.Zero && options.Retry.Delay <= LongestTime, "Resilience:Retry:Delay", "is 0 to one day");
        problems.Unless(options.Retry.MaxRetryAfter >= TimeSpan.Zero && options.Retry.MaxRetryAfter <= LongestTime, "Resilience:Retry:MaxRetryAfter", "is 0 to one day");
        problems.Unless(options.CircuitBreaker.FailureRatio is > 0 and <= 1, "Resilience:CircuitBreaker:FailureRatio", "is more than 0 and at most 1");
        problems.Unless(options.CircuitBreaker.MinimumThroughput >= 2, "Resilience:CircuitBreaker:MinimumThroughput", "is at least 2");
        problems.Unless(options.CircuitBreaker.SamplingDuration >= TimeSpan.FromMilliseconds(500) && options.CircuitBreaker.SamplingDuration <= LongestTime, "Resilience:CircuitBreaker:SamplingDuration", "is half a second to one day");
        problems.Unless(options.CircuitBreaker.BreakDuration >= TimeSpan.FromMilliseconds(500) && options.CircuitBreaker.BreakDuration <= LongestTime, "Resilience:CircuitBreaker:BreakDuration", "is half a second to one day");
    }

    private static void CheckTime(TimeSpan time, Problems problems, string setting) =>
        problems.Unless(time >= ShortestTime && time <= LongestTime, setting, "is 10 milliseconds to one day");

    private sealed class Problems(string? name)
    {
        private readonly List<string> _all = [];

        internal void Unless(bool fine, string setting, string rule)
        {
            if (!fine)
            {
                Add(setting, rule);
            }
        }

        internal void Add(string setting, string rule)
        {
            var client = string.IsNullOrEmpty(name) ? "" : $" (client '{name}')";
            _all.Add($"Biometric:{setting}{client} {rule}.");
        }

        internal ValidateOptionsResult Result() =>
            _all.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_all);
    }
}
