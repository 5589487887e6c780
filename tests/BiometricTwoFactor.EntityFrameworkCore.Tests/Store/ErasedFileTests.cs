using System.Globalization;
using System.Text;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>Protocol 11: erasing the key erases the person; so the key may not be found in the file afterwards.</summary>
public sealed class ErasedFileTests
{
    [Fact]
    public async Task An_erased_key_is_in_no_corner_of_the_file()
    {
        using var file = new SqliteFile();
        await using var host = StoreHost.OnSqlite(file.ConnectionString);
        await host.Services.MigrateBiometricStoreAsync();
        for (var number = 0; number < 40; number++)
        {
            await host.Store.GetOrAddEvidenceKeyAsync(new EvidenceKey("key " + number, "bank", "person " + number, Encoding.ASCII.GetBytes(KeyOf(number) + new string('k', 60)), Samples.Now));
        }

        Assert.True(Holds(file, KeyOf(7)));
        Assert.Equal(["key 7"], await host.Store.EraseSubjectAsync("bank", "person 7", "vendor 7"));
        Assert.False(Holds(file, KeyOf(7)));
        Assert.True(Holds(file, KeyOf(8)));
    }

    private static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"<wrapped {number}>");

    private static bool Holds(SqliteFile file, string text) => new[] { file.Path, file.Path + "-wal" }.Where(File.Exists).Any(path =>
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray().AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;
    });
}
