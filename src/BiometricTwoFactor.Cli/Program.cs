using BiometricTwoFactor.Cli;

return await Tool.RunAsync(args, ToolContext.OfTheProcess());
