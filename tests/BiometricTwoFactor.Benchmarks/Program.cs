using BenchmarkDotNet.Running;
using BiometricTwoFactor.Benchmarks;

if (args is [FreshProcess.Command, .. var rest])
{
    return FreshProcess.Run(rest);
}

if (args is [EmulatorFigures.Command, .. var servers])
{
    return await EmulatorFigures.RunAsync(servers);
}

if (args is [LedgerFigures.Command, .. var ledgers])
{
    return await LedgerFigures.RunAsync(ledgers);
}

if (args is [StepUpFigures.Command, .. var stepUps])
{
    return await StepUpFigures.RunAsync(stepUps);
}

if (args is [WebhookFigures.Command, .. var webhooks])
{
    return await WebhookFigures.RunAsync(webhooks);
}

if (args is [RequestFigures.Command, .. var requests])
{
    return await RequestFigures.RunAsync(requests);
}

if (args is [CurveFigures.Command, .. var curves])
{
    return await CurveFigures.RunAsync(curves);
}

if (!Peers.AreReady)
{
    Console.WriteLine("The peers are not prepared (tests/BiometricTwoFactor.Benchmarks/peers/prepare): ours runs alone.");
}

if (!Photos.AreThere)
{
    Console.WriteLine("The photographs are not there: no comparison is measured.");
}

BenchmarkSwitcher.FromAssembly(typeof(Verdicts).Assembly).Run(args, new RatioConfig());
return 0;
