using System.Text.Json;
using BiometricTwoFactor.AspNetCore;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.Testing;

/// <summary>An application under test, as far as verdicts must look into it.</summary>
internal sealed class RunningApplication(IServiceProvider services)
{
    /// <summary>
    /// Until the application has stored a session that it has just opened; at once when the session is none of its
    /// step-ups. A person is always slower than the answer to the call that made the session. A test is not, and a session
    /// that is finished before it was ever stored is not fresh: the application rightly discards it.
    /// </summary>
    public async Task UntilStoredAsync(EmulatedSession session, CancellationToken cancellationToken)
    {
        if (session.Metadata?[SessionMetadataNames.Nonce] is not { } nonce || nonce.GetValueKind() != JsonValueKind.String)
        {
            return;
        }

        try
        {
            await using var scope = services.CreateAsyncScope();
            if (scope.ServiceProvider.GetService<IStepUpStore>() is not { } store)
            {
                return;
            }

            // With another session than this one it has been decided as well.
            while (await store.FindAsync(nonce.GetValue<string>(), cancellationToken) is { IsOpen: true, SessionId: null } challenge)
            {
                await store.WaitForChangeAsync(challenge.Id, challenge.Version, cancellationToken);
            }
        }
        catch (ObjectDisposedException)
        {
            // The application has gone meanwhile: nobody will store anything.
        }
    }
}
