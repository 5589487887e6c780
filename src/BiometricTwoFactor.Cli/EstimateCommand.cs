using System.CommandLine;
using System.Globalization;

namespace BiometricTwoFactor.Cli;

/// <summary>
/// <c>biometric2fa estimate</c>: what a success costs by SMS and by face, from the user's own figures. It knows no price of SMS: those
/// that are told differ by a factor of thirty.
/// </summary>
internal static class EstimateCommand
{
    private static readonly FaceCosts List = new() { CompletionRate = 1m };

    private static readonly Option<int> Volume = new("--volume") { Description = "Authentications that are begun in a month. Required.", Required = true };

    private static readonly Option<decimal> SmsPrice = Figure.Needed("--sms-price", "What one message costs to where your customers are, carriers' fees included.");

    private static readonly Option<decimal> SmsCompletion = Figure.Needed("--sms-completion", "Of 100 that are begun, how many come to a right code.");

    private static readonly Option<decimal> SmsResend = Figure.Needed("--sms-resend", "Of 100 codes, how many are sent once more.");

    private static readonly Option<int> SmsSegments = new("--sms-segments") { Description = "How many messages a code is billed as.", DefaultValueFactory = _ => 1 };

    private static readonly Option<decimal> SmsFixed = Figure.Or("--sms-fixed", "What is paid each month whatever is sent.", 0m);

    private static readonly Option<decimal> FaceCompletion = Figure.Needed("--face-completion", "Of 100 that are begun, how many come to an approval.");

    private static readonly Option<bool> WithIp = new("--with-ip") { Description = "Adds the analysis of device and network." };

    private static readonly Option<bool> MatchOnly = new("--match-only") { Description = "The comparison of two pictures in place of a session." };

    private static readonly Option<bool> BillUnfinished = new("--bill-unfinished") { Description = "Declined and abandoned sessions are billed, too." };

    private static readonly Option<decimal> PriceOfSession = Figure.Or("--price", "The provider's price of a session.", List.PriceOfSession);

    private static readonly Option<decimal> PriceOfIp = Figure.Or("--price-ip", "Its price of the analysis of device and network.", List.PriceOfDeviceAndIp);

    private static readonly Option<decimal> PriceOfMatch = Figure.Or("--price-match", "Its price of a comparison.", List.PriceOfMatch);

    private static readonly Option<int> Free = new("--free") { Description = "How many are free each month.", DefaultValueFactory = _ => List.FreePerMonth };

    public static Command Create(ToolContext context)
    {
        var command = new Command("estimate", "Compares what a success costs by SMS and by face, and prints the price of SMS at which both cost the same. One currency for all prices.")
        {
            Volume, SmsPrice, SmsCompletion, SmsResend, SmsSegments, SmsFixed, FaceCompletion, WithIp, MatchOnly, BillUnfinished, PriceOfSession, PriceOfIp, PriceOfMatch, Free,
        };
        command.SetAction((parsed, _) => RunAsync(parsed, context));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ToolContext context)
    {
        var volume = parsed.GetValue(Volume);
        var sms = new SmsCosts
        {
            PricePerMessage = parsed.GetValue(SmsPrice),
            CompletionRate = parsed.GetValue(SmsCompletion) / 100,
            ResendRate = parsed.GetValue(SmsResend) / 100,
            Segments = parsed.GetValue(SmsSegments),
            FixedPerMonth = parsed.GetValue(SmsFixed),
        };
        var face = new FaceCosts
        {
            Product = parsed.GetValue(MatchOnly) ? FaceProduct.Match : FaceProduct.Session,
            CompletionRate = parsed.GetValue(FaceCompletion) / 100,
            WithDeviceAndIp = parsed.GetValue(WithIp),
            BillsUnfinished = parsed.GetValue(BillUnfinished),
            PriceOfSession = parsed.GetValue(PriceOfSession),
            PriceOfDeviceAndIp = parsed.GetValue(PriceOfIp),
            PriceOfMatch = parsed.GetValue(PriceOfMatch),
            FreePerMonth = parsed.GetValue(Free),
        };
        CostEstimate estimate;
        try
        {
            estimate = CostEstimator.Estimate(volume, sms, face);
        }
        catch (ArgumentException refused)
        {
            throw new ToolException(refused.Message.Split(" (Parameter", 2)[0]);
        }

        await PrintAsync(context.Output, volume, sms, face, estimate);
        return ExitCode.Success;
    }

    private static async Task PrintAsync(TextWriter output, int volume, SmsCosts sms, FaceCosts face, CostEstimate estimate)
    {
        await LineAsync($"          {"a month",14} {"a success",12}");
        await LineAsync($"SMS       {estimate.SmsPerMonth,14:0.00} {estimate.SmsPerSuccess,12:0.0000}");
        await LineAsync($"Face      {estimate.FacePerMonth,14:0.00} {estimate.FacePerSuccess,12:0.0000}");
        await output.WriteLineAsync();
        await output.WriteLineAsync(estimate.BreakEvenSmsPrice is { } price
            ? string.Create(CultureInfo.InvariantCulture, $"Both cost the same where one message costs {price:0.0000}; yours costs {Figure.Write(sms.PricePerMessage)}: {(estimate.IsFaceCheaper ? "faces are" : "SMS is")} cheaper.")
            : "Faces are cheaper at any price of a message: what SMS costs each month whatever is sent is more.");
        await output.WriteLineAsync();
        await output.WriteLineAsync("Assumed:");
        await LineAsync($"  {volume} begun in a month, the same for both");
        await LineAsync($"  SMS: {Percent(sms.CompletionRate)} come to a right code, {Percent(sms.ResendRate)} are sent once more, {sms.Segments} message(s) a code, {Figure.Write(sms.FixedPerMonth)} a month besides");
        await LineAsync($"  Face: {Percent(face.CompletionRate)} come to an approval; {(face.BillsUnfinished ? "declined and abandoned ones are billed" : "declined and abandoned ones are free")}; {face.FreePerMonth} free a month");
        await LineAsync($"  Price of a {(face.Product == FaceProduct.Match ? $"comparison: {Figure.Write(face.PriceOfMatch)}" : $"session: {Figure.Write(face.PriceOfSession)}")}{(face.WithDeviceAndIp ? $", device and network: {Figure.Write(face.PriceOfDeviceAndIp)}" : "")}");
        await output.WriteLineAsync("  Not counted: enrolment, avoided fraud, support, and what a lost customer is worth");

        Task LineAsync(FormattableString line) => output.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));
    }

    private static string Percent(decimal rate) => $"{Figure.Write(rate * 100)} of 100";
}
