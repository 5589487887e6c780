using System.CommandLine;
using System.Security.Cryptography;

namespace BiometricTwoFactor.Cli;

/// <summary><c>biometric2fa evidence keys</c>: a master key, and a key that signs checkpoints.</summary>
internal static class EvidenceKeysCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new Command("keys", "Makes a master key and a signing key for Biometric:Evidence, and prints them once. Keep them where the database's backups are not.");
        command.SetAction(async (_, _) =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var output = context.Output;
            await output.WriteLineAsync("# Secret: into the application's secret store.");
            await output.WriteLineAsync($"Biometric__Evidence__MasterKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}");
            await output.WriteLineAsync($"Biometric__Evidence__SigningKey={Convert.ToBase64String(key.ExportPkcs8PrivateKey())}");
            await output.WriteLineAsync();
            await output.WriteLineAsync("# Public: for biometric2fa evidence verify --public-key. Keep every former one.");
            await output.WriteLineAsync(key.ExportSubjectPublicKeyInfoPem());
            return ExitCode.Success;
        });
        return command;
    }
}
