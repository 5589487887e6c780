using System.Globalization;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// A step-up by its client and its place. Its number stands in every text that is one step-up's own, and its customer's in
/// what is that customer's, so that a recorded statement can be sent again for another one.
/// </summary>
internal readonly record struct StepUpNumber(int Client, int Index)
{
    public const long First = 1_000_000_000_000_000_000;
    public const long FirstCustomer = 2 * First;
    public const long PerClient = 1_000_000_000;

    /// <summary>Of each client. A batch must not end within them.</summary>
    public const int Customers = 1_000;

    /// <summary>So many step-ups of a client are chained at once: 250 entries, as many as one turn of the chainer takes.</summary>
    public const int Batch = 50;

    public long Number => First + (Client * PerClient) + Index;

    public long Customer => FirstCustomer + (Client * PerClient) + (Index % Customers);

    public bool EndsBatch => (Index + 1) % Batch == 0;

    /// <summary>The number behind a beginning, as long as the real text is.</summary>
    public string Text(int length) => Text('n', length, Number);

    public string CustomerText(int length) => Text('c', length, Customer);

    public static string Text(char letter, int length, long number) => number.ToString(CultureInfo.InvariantCulture).PadLeft(length, letter);
}
