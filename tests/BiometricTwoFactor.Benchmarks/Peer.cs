using System.Diagnostics;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>One process of <see cref="Peers"/>. The pipe costs microseconds, the answers take milliseconds.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    public Peer(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start) ?? throw new InvalidOperationException("The peer did not start.");
    }

    /// <summary>Sends one request and waits for its answer: <c>ok</c>, microseconds and more.</summary>
    /// <exception cref="InvalidOperationException">The peer refused or is gone.</exception>
    public string Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine();
        return answer is not null && answer.StartsWith("ok ", StringComparison.Ordinal)
            ? answer
            : throw new InvalidOperationException("The peer answered: " + (answer ?? "nothing"));
    }

    /// <summary>Closes its input, at whose end it stops.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
