using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The headers that an endpoint takes as parameters, with their values: they are part of what it receives (protocol 7.2,
/// attack 20). Headers that it reads from the request itself are its own affair: nobody can tell which they are.
/// </summary>
internal static class BoundHeaders
{
    public static IEnumerable<string> Of(HttpContext context) =>
        NamesOf(context.GetEndpoint()?.Metadata)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(name => $"{name.ToLowerInvariant()}:{Uri.EscapeDataString(context.Request.Headers[name].ToString())}");

    private static IEnumerable<string> NamesOf(EndpointMetadataCollection? metadata)
    {
        if (metadata is null)
        {
            return [];
        }

        var ofHandler = metadata.GetOrderedMetadata<IParameterBindingMetadata>().SelectMany(parameter =>
            parameter.ParameterInfo.GetCustomAttributes().OfType<IFromHeaderMetadata>().Select(header => header.Name ?? parameter.Name));
        var action = metadata.GetMetadata<ActionDescriptor>();
        var ofAction = (action?.Parameters ?? []).Concat(action?.BoundProperties ?? [])
            .Where(parameter => parameter.BindingInfo?.BindingSource == BindingSource.Header)
            .Select(parameter => parameter.BindingInfo!.BinderModelName ?? parameter.Name);
        return ofHandler.Concat(ofAction);
    }
}
