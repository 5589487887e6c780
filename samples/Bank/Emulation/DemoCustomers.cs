namespace Bank;

/// <summary>Customers to try the bank with, and what to try.</summary>
internal sealed class DemoCustomers(IServiceScopeFactory scopes, EmulatedProvider provider, IConfiguration configuration) : IHostedLifecycleService
{
    public const string Password = "look-into-the-camera";
    public const string NewcomerEmail = "carmen@example.com";
    public const string EnrolledEmail = "lena@example.com";
    public const string OperatorEmail = "otto@example.com";

    /// <summary>The person on the passport that the emulator reads.</summary>
    public static Customer Newcomer(string email) =>
        new() { Id = CustomerRegister.NewId(), FirstName = "Carmen", LastName = "Española", BirthDate = new DateOnly(1980, 1, 1), Email = email };

    /// <summary>Somebody whose face a branch enrolled.</summary>
    public static Customer Enrolled(string email) =>
        new() { Id = CustomerRegister.NewId(), FirstName = "Lena", LastName = "Brandt", BirthDate = new DateOnly(1990, 5, 17), Email = email, EnrolledAtBranch = true };

    /// <summary>One of the bank's own, who decides what is held at /operations/reviews.</summary>
    public static Customer Operator(string email) =>
        new() { Id = CustomerRegister.NewId(), FirstName = "Otto", LastName = "Kern", BirthDate = new DateOnly(1975, 3, 2), Email = email, IsOperator = true, EnrolledAtBranch = true };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var customers = scope.ServiceProvider.GetRequiredService<CustomerRegister>();
        foreach (var customer in new[] { Operator(OperatorEmail), Newcomer(NewcomerEmail), Enrolled(EnrolledEmail) })
        {
            // In a database they are there already; the emulator forgets with each restart.
            await customers.TryAddAsync(customer, Password);
            if (customer.EnrolledAtBranch && await customers.FindByEmailAsync(customer.Email) is { } enrolled)
            {
                provider.Emulator.StoreFace(enrolled.Id);
            }
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (configuration.GetValue("Bank:Greeting", defaultValue: true))
        {
            Console.WriteLine($"""

                Alder Bank is open at {provider.BankAddress}
                The identity provider is emulated in this process: no data leaves this machine.

                  Sign in as   {EnrolledEmail}     her face is on file: a look into the camera signs her in
                  or as        {NewcomerEmail}   no face on file yet: her first sign-in leads through the enrolment
                  or as        {OperatorEmail}     the bank's own: what is held waits for him at /operations/reviews
                  password     {Password}

                A new device asks for a face at the sign-in; a known one does not. Transfers over 100 EUR ask for a face that is
                bound to amount and payee; smaller ones do not. So does each change of the password or of the daily limit, and
                a forgotten password: its link is in the mailbox at /mailbox. Try an IBAN such as DE89 3704 0044 0532 0130 00.
                Enrol {NewcomerEmail} before your camera, or with a picture: her next look is really compared with it.
                {EnrolledEmail}'s portrait is not here: for her you choose how the check ends. Try a decline, too.

                Watch the provider's side of it, live: {new Uri(provider.Emulator.BaseAddress, "/emulator/")}

                Press Ctrl+C to close. "dotnet run --project samples/Bank -- --walkthrough" shows all of it by itself.

                """);
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
