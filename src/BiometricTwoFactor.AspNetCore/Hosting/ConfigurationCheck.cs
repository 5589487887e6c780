using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What the framework's binder would pass over: names that do not exist, and values below a dictionary that it cannot
/// convert. Either would leave a floor or a threshold unset, so that less is asked than its author believes.
/// </summary>
internal static class ConfigurationCheck
{
    private static readonly HashSet<string> Top = [.. NamesOf(typeof(BiometricStepUpOptions)), .. NamesOf(typeof(BiometricClientOptions))];

    private static readonly Dictionary<string, HashSet<string>> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(BiometricStepUpOptions.Access)] = NamesOf(typeof(AccessOptions)),
        [nameof(BiometricStepUpOptions.SignIn)] = NamesOf(typeof(BiometricSignInOptions)),
        [nameof(BiometricStepUpOptions.Pages)] = NamesOf(typeof(BiometricPageOptions)),
        [nameof(BiometricStepUpOptions.Devices)] = NamesOf(typeof(DeviceOptions)),
        [nameof(BiometricStepUpOptions.NetworkRisk)] = NamesOf(typeof(NetworkRiskOptions)),
        [nameof(BiometricStepUpOptions.Reconciler)] = NamesOf(typeof(ReconcilerOptions)),
        [nameof(BiometricStepUpOptions.Evidence)] = NamesOf(typeof(EvidenceOptions)),
        [nameof(BiometricStepUpOptions.Workflows)] = NamesOf(typeof(StepUpWorkflows)),
    };

    private static readonly HashSet<string> OfReason = NamesOf(typeof(StepUpReasonOptions));
    private static readonly HashSet<string> OfWorkflow = NamesOf(typeof(StepUpWorkflow));

    public static IEnumerable<string> Problems(IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            IEnumerable<string> problems = Is(child, TenantServices.SectionName) ? OfTheTenants(section, child)
                : !Top.Contains(child.Key) ? [Unknown(child)]
                : Is(child, nameof(BiometricStepUpOptions.Reasons)) ? child.GetChildren().SelectMany(OfAReason)
                : Is(child, nameof(BiometricStepUpOptions.Workflows)) ? OfTheWorkflows(child)
                : Parts.TryGetValue(child.Key, out var names) ? UnknownIn(child, names)
                : [];
            foreach (var problem in problems)
            {
                yield return problem;
            }
        }
    }

    /// <summary>Each is checked when it is bound; only the place and the names are looked at here.</summary>
    private static IEnumerable<string> OfTheTenants(IConfigurationSection section, IConfigurationSection tenants) =>
        string.Equals(ConfigurationPath.GetSectionKey(ConfigurationPath.GetParentPath(section.Path) ?? ""), TenantServices.SectionName, StringComparison.OrdinalIgnoreCase)
            ? [$"{tenants.Path}: a tenant has no tenants."]
            : [];

    private static IEnumerable<string> OfAReason(IConfigurationSection reason)
    {
        foreach (var setting in reason.GetChildren())
        {
            if (!OfReason.Contains(setting.Key))
            {
                yield return Unknown(setting);
            }
            else if (Is(setting, nameof(StepUpReasonOptions.Thresholds)) || Is(setting, nameof(StepUpReasonOptions.StrongThresholds)))
            {
                foreach (var threshold in setting.GetChildren().Where(threshold => !IsNumber(threshold.Value)))
                {
                    yield return $"{threshold.Path}: '{threshold.Value}' is no amount; write it with a point and without a currency, such as 100.00.";
                }
            }
            else if (Is(setting, nameof(StepUpReasonOptions.FaceMatchFloorPercent)) || Is(setting, nameof(StepUpReasonOptions.LivenessFloorPercent)))
            {
                if (!IsNumber(setting.Value))
                {
                    yield return $"{setting.Path}: '{setting.Value}' is no number; write it without a sign, such as 90.";
                }
            }
            else if (Is(setting, nameof(StepUpReasonOptions.UsableWithoutClaim)) && !bool.TryParse(setting.Value, out _))
            {
                yield return $"{setting.Path}: true or false.";
            }
        }
    }

    private static IEnumerable<string> OfTheWorkflows(IConfigurationSection workflows)
    {
        foreach (var child in workflows.GetChildren())
        {
            if (!Parts[nameof(BiometricStepUpOptions.Workflows)].Contains(child.Key))
            {
                yield return $"{Unknown(child)} A workflow of your own belongs below {workflows.Path}:{nameof(StepUpWorkflows.Other)}.";
                continue;
            }

            foreach (var workflow in Is(child, nameof(StepUpWorkflows.Other)) ? child.GetChildren() : [child])
            {
                foreach (var problem in UnknownIn(workflow, OfWorkflow))
                {
                    yield return problem;
                }

                if (workflow[nameof(StepUpWorkflow.LivenessMethod)] is { Length: > 0 } method && !Enum.TryParse<LivenessMethod>(method, ignoreCase: true, out _))
                {
                    yield return $"{workflow.Path}:{nameof(StepUpWorkflow.LivenessMethod)}: '{method}' is none of {string.Join(", ", Enum.GetNames<LivenessMethod>().Where(name => name != nameof(LivenessMethod.Unknown)))}.";
                }

                if (workflow[nameof(StepUpWorkflow.RequireIpAnalysis)] is { Length: > 0 } text && !bool.TryParse(text, out _))
                {
                    yield return $"{workflow.Path}:{nameof(StepUpWorkflow.RequireIpAnalysis)}: true or false.";
                }
            }
        }
    }

    private static IEnumerable<string> UnknownIn(IConfigurationSection section, HashSet<string> names) =>
        section.GetChildren().Where(child => !names.Contains(child.Key)).Select(Unknown);

    private static string Unknown(IConfigurationSection section) => $"{section.Path}: there is no such setting.";

    private static bool Is(IConfigurationSection section, string name) => string.Equals(section.Key, name, StringComparison.OrdinalIgnoreCase);

    private static bool IsNumber(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    /// <summary>What a configuration can set; code alone sets what is a function.</summary>
    private static HashSet<string> NamesOf([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => !typeof(Delegate).IsAssignableFrom(property.PropertyType))
            .Select(property => property.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
