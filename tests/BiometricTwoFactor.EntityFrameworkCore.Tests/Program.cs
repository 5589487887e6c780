namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>Started by itself, and not by a test runner: starts the tests' server and runs until it is killed.</summary>
internal static class Program
{
    public const string Ready = "ready";

    private static async Task Main()
    {
        await PostgreSqlServer.Shared;
        await Console.Out.WriteLineAsync(Ready);
        await Task.Delay(Timeout.Infinite);
    }
}
