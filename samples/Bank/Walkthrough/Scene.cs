using BiometricTwoFactor.Emulator;

namespace Bank;

/// <summary>What a story works with: the bank, people, and a place to write down what holds.</summary>
internal sealed class Scene(RunningBank bank, TextWriter output, CancellationToken cancellationToken) : IDisposable
{
    private readonly List<IDisposable> _leaving = [];
    private readonly List<string> _failures = [];

    public RunningBank Bank => bank;

    public BiometricEmulator Emulator => bank.Emulator;

    public CancellationToken Cancellation => cancellationToken;

    public int Checks { get; private set; }

    public IReadOnlyList<string> Failures => _failures;

    public void Say(string step) => output.WriteLine($"   - {step}");

    public void Check(string promise, bool holds)
    {
        Checks++;
        output.WriteLine($"   {(holds ? "ok  " : "FAIL")} {promise}");
        if (!holds)
        {
            _failures.Add(promise);
        }
    }

    /// <summary>A browser that nobody has used yet.</summary>
    public Browser NewBrowser() => Keep(new Browser(cancellationToken));

    /// <summary>A customer whose face a branch enrolled, signed in.</summary>
    public async Task<Person> EnrolledCustomerAsync()
    {
        var customer = DemoCustomers.Enrolled($"{CustomerRegister.NewId()}@example.com");
        bank.TryAdd(customer);
        Emulator.StoreFace(customer.Id);
        var person = new Person(this, customer);
        await person.SignInAsync(person.Browser);
        Say($"{customer.FirstName} signs in with her face, as on any new device");
        return person;
    }

    public void Dispose() => _leaving.ForEach(one => one.Dispose());

    private T Keep<T>(T one)
        where T : IDisposable
    {
        _leaving.Add(one);
        return one;
    }
}
