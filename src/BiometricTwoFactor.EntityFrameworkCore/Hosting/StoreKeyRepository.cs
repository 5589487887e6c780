using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>The keys of Data Protection in the store's database: they live as long as what they seal, and every instance has them.</summary>
internal sealed class StoreKeyRepository(IStoreDatabase database) : IXmlRepository
{
    // The interface is synchronous; it is asked at start and once a day.
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        WriteAsync(element, friendlyName).GetAwaiter().GetResult();
    }

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        var connection = await database.OpenAsync(write: false, CancellationToken.None).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await connection.ListAsync($"SELECT xml FROM {database.Schema.Keys} ORDER BY id", static row => XElement.Parse(row.GetString(0)), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(XElement element, string friendlyName)
    {
        var connection = await database.OpenAsync(write: true, CancellationToken.None).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await connection.ExecuteAsync(
                $"INSERT INTO {database.Schema.Keys} (friendly_name, xml) VALUES (@name, @xml)",
                CancellationToken.None,
                SqlValue.Text("@name", friendlyName ?? ""),
                SqlValue.Text("@xml", element.ToString(SaveOptions.DisableFormatting))).ConfigureAwait(false);
        }
    }
}
