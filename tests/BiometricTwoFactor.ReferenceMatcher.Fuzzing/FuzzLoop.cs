using System.Diagnostics;

namespace BiometricTwoFactor.ReferenceMatcher.Fuzzing;

/// <summary>
/// Fuzzes the picture decoders in this process, guided by coverage: inputs that reach something new are kept and
/// mutated further. A finding is an exception, more memory than the limits allow, or a decoding that takes too long.
/// </summary>
/// <remarks>One at a time in a process: the counters are static.</remarks>
public sealed class FuzzLoop
{
    /// <summary>Beyond what the limits count: streams, a picture's own object, sentences.</summary>
    private const long AllowedBesides = 32 * 1024;

    private const int MostFindings = 20;

    private readonly FuzzOptions _options;
    private readonly FuzzReport _report = new();
    private readonly Coverage _coverage = new();
    private readonly List<byte[]> _corpus = [];
    private readonly long[] _figures = new long[2];
    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);

    /// <summary>When the execution that is going on began; 0 between executions. Read by the watch.</summary>
    private long _began;
    private byte[] _current = [];
    private Exception? _broken;

    private FuzzLoop(FuzzOptions options) => _options = options;

    public static FuzzReport Run(FuzzOptions options) => new FuzzLoop(options).Run();

    /// <summary>Runs one input and tells its outcome, without a watch: for looking at a finding.</summary>
    public static string Replay(byte[] input)
    {
        var figures = new long[2];
        var outcome = DecodeTarget.Run(input, figures);
        return $"{outcome} ({figures[0]} bytes allocated, {figures[1]} allowed)";
    }

    private FuzzReport Run()
    {
        using var target = new InstrumentedTarget();
        var worker = new Thread(() => Guard(target.Run)) { IsBackground = true, Name = "fuzzing" };
        worker.Start();
        while (!worker.Join(100))
        {
            var began = Interlocked.Read(ref _began);
            if (began != 0 && Stopwatch.GetElapsedTime(began) > _options.Hang)
            {
                // The worker is left where it is: it cannot be stopped, and dies with the process.
                var stuck = new FuzzReport { Executions = _report.Executions, Corpus = _report.Corpus, Edges = _report.Edges, WorstTime = _options.Hang, WorstAllocation = _report.WorstAllocation };
                stuck.Findings.Add(new Finding($"A decoding took longer than {_options.Hang.TotalSeconds} s.", Volatile.Read(ref _current)));
                Keep(stuck.Findings);
                return stuck;
            }
        }

        if (_broken is not null)
        {
            throw new InvalidOperationException("The fuzzer itself failed.", _broken);
        }

        Keep(_report.Findings);
        return _report;
    }

    private void Guard(Func<byte[], long[], string> run)
    {
        try
        {
            Work(run);
        }
        catch (Exception e)
        {
            _broken = e;
        }
    }

    private void Work(Func<byte[], long[], string> run)
    {
        var started = Stopwatch.GetTimestamp();
        var random = new Random(_options.Seed);
        byte[][] seeds = [.. Seeds.All(), .. EarlierInputs()];

        // What is made once for all is not to count: tables, and what the runtime loads on the way.
        Array.ForEach(seeds, seed => Execute(run, seed, warming: true));
        Array.ForEach(seeds, seed => Execute(run, seed, warming: false));

        // Seeds that reach nothing of their own are still worth mutating.
        _corpus.AddRange(seeds);

        while (Stopwatch.GetElapsedTime(started) < _options.Duration && _report.Findings.Count < MostFindings)
        {
            // What was found last leads on; what was found first is not forgotten.
            var newest = Math.Max(1, _corpus.Count / 4);
            var parent = random.Next(2) == 0 ? _corpus[random.Next(_corpus.Count)] : _corpus[^(random.Next(newest) + 1)];
            var input = Mutator.Mutate(random, parent, _corpus[random.Next(_corpus.Count)]);
            if (Execute(run, input, warming: false))
            {
                _corpus.Add(input);
            }

            _report.Corpus = _corpus.Count;
            _report.Edges = _coverage.Edges;
        }

        if (_options.Corpus is { } folder)
        {
            Write(folder, "input", _corpus);
        }
    }

    private bool Execute(Func<byte[], long[], string> run, byte[] input, bool warming)
    {
        Volatile.Write(ref _current, input);
        Array.Clear(_figures);
        _coverage.Begin();
        var began = Stopwatch.GetTimestamp();
        Interlocked.Exchange(ref _began, began);
        string outcome;
        try
        {
            outcome = run(input, _figures);
        }
        catch (Exception e)
        {
            outcome = e.GetType().Name;
            var place = e.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains(".Imaging.", StringComparison.Ordinal))?.Trim();
            Add($"{outcome} {place}", input);
        }

        Interlocked.Exchange(ref _began, 0);
        var took = Stopwatch.GetElapsedTime(began);
        if (warming)
        {
            return false;
        }

        _report.Executions++;
        _report.Outcomes[outcome] = _report.Outcomes.GetValueOrDefault(outcome) + 1;
        _report.WorstTime = took > _report.WorstTime ? took : _report.WorstTime;
        _report.WorstAllocation = Math.Max(_report.WorstAllocation, _figures[0]);
        if (_figures[0] > _figures[1] + AllowedBesides)
        {
            Add($"More memory than is allowed: {outcome}", input);
        }

        return _coverage.EndIsNew();
    }

    private void Add(string what, byte[] input)
    {
        if (_kinds.Add(what))
        {
            _report.Findings.Add(new Finding(what, input));
        }
    }

    private IEnumerable<byte[]> EarlierInputs() =>
        Directory.Exists(_options.Corpus) ? Directory.EnumerateFiles(_options.Corpus).Order(StringComparer.Ordinal).Select(File.ReadAllBytes) : [];

    private void Keep(List<Finding> findings)
    {
        if (_options.Keep is { } folder && findings.Count > 0)
        {
            Write(folder, $"finding-{_options.Seed}", findings.Select(finding => finding.Input));
        }
    }

    private static void Write(string folder, string name, IEnumerable<byte[]> inputs)
    {
        Directory.CreateDirectory(folder);
        foreach (var (index, input) in inputs.Index())
        {
            File.WriteAllBytes(Path.Combine(folder, $"{name}-{index:D5}.bin"), input);
        }
    }
}
