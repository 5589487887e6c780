using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// The first key of an empty ring, before anything is served. Instances that start at once would each make their own and use
/// it, and one could not always open what another sealed. Of all that try, one writes. Later keys need no such care: they are
/// made two days before they are used.
/// </summary>
internal sealed class FirstKey(IServiceProvider services)
{
    public void Ensure()
    {
        // Asked for here and not in the constructor: an application without Data Protection has neither.
        if (services.GetService<IOptions<KeyManagementOptions>>()?.Value is not { XmlRepository: StoreKeyRepository stored, AutoGenerateKeys: true } ring
            || services.GetService<IKeyManager>() is not { } manager)
        {
            return;
        }

        // The machine's own clock, by which the framework takes and drops keys.
        var now = TimeProvider.System.GetUtcNow();
        if (!manager.GetAllKeys().Any(key => !key.IsRevoked && key.ActivationDate <= now && now < key.ExpirationDate))
        {
            stored.KeepOneOf(() => manager.CreateNewKey(now, now + ring.NewKeyLifetime));
        }
    }
}
