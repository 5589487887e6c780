namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>What the statements rely on in a table: its columns, and what can be there only once.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Delimited">The name with its schema, ready for SQL.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Unique">The columns of each unique index, the primary key's among them.</param>
internal sealed record StoreTable(string Name, string Delimited, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Unique);
