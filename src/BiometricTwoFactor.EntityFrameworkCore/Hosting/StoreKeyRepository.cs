using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>The keys of Data Protection in the store's database: they live as long as what they seal, and every instance has them.</summary>
internal sealed class StoreKeyRepository(IStoreDatabase database) : IXmlRepository
{
    private long _lastRead;
    private bool _keepsOne;

    // The interface is synchronous; it is asked at start and once a day.
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        WriteAsync(element, friendlyName ?? "").GetAwaiter().GetResult();
    }

    /// <summary>Of all that make a key after they have read the same ring, one is kept. At start, before others ask.</summary>
    public void KeepOneOf(Action make)
    {
        _keepsOne = true;
        try
        {
            make();
        }
        finally
        {
            _keepsOne = false;
        }
    }

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        var connection = await database.OpenAsync(write: false, CancellationToken.None).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var rows = await connection.ListAsync(
                $"SELECT id, xml FROM {database.Schema.Keys} ORDER BY id", static row => (Id: row.GetInt64(0), Xml: XElement.Parse(row.GetString(1))), CancellationToken.None).ConfigureAwait(false);
            _lastRead = rows.Count == 0 ? 0 : rows[^1].Id;
            return [.. rows.Select(row => row.Xml)];
        }
    }

    private async Task WriteAsync(XElement element, string friendlyName)
    {
        var connection = await database.OpenAsync(write: true, CancellationToken.None).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var table = database.Schema.Keys;
            await connection.BeginAsync(CancellationToken.None).ConfigureAwait(false);
            await connection.ExecuteAsync(
                database.Schema.Engine.OneAtATime(
                    StoreLocks.KeysKind,
                    $"INSERT INTO {table} (friendly_name, xml) SELECT @name, @xml WHERE @always OR (SELECT COALESCE(MAX(id), 0) FROM {table}) = @last"),
                CancellationToken.None,
                SqlValue.Text("@name", friendlyName),
                SqlValue.Text("@xml", element.ToString(SaveOptions.DisableFormatting)),
                SqlValue.Bool("@always", !_keepsOne),
                SqlValue.Long("@last", _lastRead)).ConfigureAwait(false);
            await connection.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
