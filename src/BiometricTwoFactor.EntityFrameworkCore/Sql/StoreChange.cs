namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// A conditional write of one challenge and the rows that are written with it and not without it. The engine says in how many
/// statements. Made once, used with other values each time.
/// </summary>
/// <param name="Primary">An INSERT or UPDATE of the challenges' table, without its RETURNING.</param>
/// <param name="Companions">Rows of other tables; what they take from the challenge is named <c>changed.column</c>.</param>
/// <param name="Announced">True when those who wait for the challenge are told.</param>
internal sealed record StoreChange(string Primary, IReadOnlyList<StoreCompanion> Companions, bool Announced)
{
    /// <summary>The row that goes with it; null for none.</summary>
    public StoreRemoval? Removal { get; init; }

    /// <summary>The engine's own text, made at first use.</summary>
    public string? Text { get; set; }
}

/// <summary>One row that a change brings along.</summary>
/// <param name="Table">The table, ready for SQL.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Expressions">The values, as parameters or <c>changed.column</c>.</param>
/// <param name="OnConflict">What becomes of a row that is there already; without it, it refuses the whole change.</param>
internal sealed record StoreCompanion(string Table, string Columns, string Expressions, string OnConflict = "");

/// <summary>A row that a change takes away, where it is there.</summary>
/// <param name="Table">The table, ready for SQL.</param>
/// <param name="Columns">The columns that find the row.</param>
/// <param name="Expressions">Their values, as parameters or <c>changed.column</c>.</param>
/// <param name="Condition">Of the challenge as it is then: whether the row goes.</param>
internal sealed record StoreRemoval(string Table, string Columns, string Expressions, string Condition);
