using System.Runtime.InteropServices;
using BiometricTwoFactor.Cli;

// Ctrl+C and a polite kill end a verb through its token, so that "serve" saves its state and lets go of its port. The
// parser's own handling did not come to that: the process was gone before.
using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await Tool.RunAsync(args, ToolContext.OfTheProcess(), stopping.Token);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
