namespace Bank;

/// <summary>Somebody with an account here. The id is what the provider knows the customer by (<c>vendor_data</c>).</summary>
internal sealed class Customer
{
    public required string Id { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required DateOnly BirthDate { get; init; }

    public required string Email { get; init; }

    public string PasswordHash { get; set; } = "";

    /// <summary>The most that may leave the account in a day, in euros.</summary>
    public decimal DailyLimit { get; set; } = 2_000m;

    /// <summary>True when a branch saw this customer and enrolled the face, before this application asked for one.</summary>
    public bool EnrolledAtBranch { get; init; }

    /// <summary>True for the bank's own people, who look at what is held. A sample: a bank has a directory for them, and another door.</summary>
    public bool IsOperator { get; init; }

    public string FullName => $"{FirstName} {LastName}";

    /// <summary>Nothing of a customer reaches a log by accident.</summary>
    public override string ToString() => nameof(Customer);
}
