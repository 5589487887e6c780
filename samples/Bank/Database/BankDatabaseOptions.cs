namespace Bank;

/// <summary>Where customers, money and step-ups are kept (<c>Bank:Database</c>).</summary>
internal sealed class BankDatabaseOptions
{
    public const string Section = "Bank:Database";

    /// <summary><c>Sqlite</c> for one machine, <c>PostgreSql</c> for many; in memory without it.</summary>
    public string? Provider { get; set; }

    /// <summary>As <c>Data Source=bank.db</c> or <c>Host=db;Database=bank;Username=bank</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// Uses the approval in the transfer's own transaction. True unless set: off, the approval is used first, and a crash before
    /// the transfer needs a new face.
    /// </summary>
    public bool JoinApproval { get; set; } = true;

    public bool JoinsApproval => Provider is not null && JoinApproval;
}
