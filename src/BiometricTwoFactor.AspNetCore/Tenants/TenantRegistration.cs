namespace BiometricTwoFactor.AspNetCore;

/// <summary>That a tenant of this name was added. In lower case, so that its route, its configuration and its rows are one.</summary>
internal sealed record TenantRegistration(string Name)
{
    private const int MostCharacters = 40;

    /// <summary>Letters, digits and hyphens: it stands in routes, and before the colon of a subject's reference at the provider.</summary>
    public static bool HasShape(string name) =>
        name.Length is > 0 and <= MostCharacters
        && name[0] != '-'
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');
}

/// <summary>How the application says whose a request is.</summary>
internal sealed record TenantChoice(Func<Microsoft.AspNetCore.Http.HttpContext, string?> Of);
