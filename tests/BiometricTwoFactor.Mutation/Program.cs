// Changes each single comparison of the code that decides about approvals, one at a time, in a copy of the repository, and
// sees whether a test fails. Run it by tests/mutate; the first argument is the repository, the second the copy's folder.
using System.Collections.Concurrent;
using BiometricTwoFactor.Mutation;

var (repository, copy) = (args[0], args[1]);
var wanted = args.Skip(2).ToArray(); // parts of file names; all when there are none
var equivalent = File.ReadAllLines(Path.Combine(repository, "tests", "BiometricTwoFactor.Mutation", "equivalent.txt"))
    .Where(line => line.Length > 0 && !line.StartsWith('#'))
    .Select(line => line.Split(" | ", 2))
    .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

var targets = Target.All(repository).Where(target => wanted.Length == 0 || wanted.Any(part => target.File.Contains(part, StringComparison.OrdinalIgnoreCase))).ToArray();
foreach (var project in targets.Select(target => target.TestProject).Distinct(StringComparer.Ordinal))
{
    Console.WriteLine($"Building {project}");
    var (code, output) = await Command.RunAsync(
        copy, "dotnet", ["build", Path.Combine("tests", project), "--nologo", "-clp:ErrorsOnly", "-p:EmitCompilerGeneratedFiles=true", "-p:RunAnalyzers=false"]);
    if (code != 0)
    {
        Console.WriteLine(output);
        return 2;
    }
}

var compilers = new Dictionary<string, ProjectCompiler>(StringComparer.Ordinal);
var queue = new ConcurrentQueue<Mutant>();
foreach (var target in targets)
{
    if (!compilers.TryGetValue(target.Project, out var compiler))
    {
        compilers.Add(target.Project, compiler = await ProjectCompiler.LoadAsync(copy, target.Project));
        if (compiler.Problem() is { } problem)
        {
            Console.WriteLine($"{target.Project} does not compile here as it stands:\n{problem}");
            return 2;
        }
    }

    var tree = compiler.TreeOf(target.File.Replace('/', Path.DirectorySeparatorChar));
    foreach (var mutant in MutantFinder.Find(target, tree, compiler.Compilation.GetSemanticModel(tree)))
    {
        queue.Enqueue(mutant);
    }
}

Console.WriteLine($"{queue.Count} mutants");

// Nothing is found by tests that fail anyway.
var workers = Enumerable.Range(1, 2).Select(number => new Worker(copy, Path.Combine(copy, "workers", $"{number}"))).ToArray();
foreach (var target in targets.DistinctBy(target => (target.TestProject, string.Join('\n', target.Filters))))
{
    if (await workers[0].FailsAsync(target, assembly: null) is { } failing)
    {
        Console.WriteLine($"{target.TestProject} fails without any change: {failing}");
        return 2;
    }
}

var (killed, survived, refused, known) = (0, 0, 0, 0);
var used = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
await Task.WhenAll(workers.Select(worker => Task.Run(async () =>
{
    while (queue.TryDequeue(out var mutant))
    {
        var compiler = compilers[mutant.Target.Project];
        if (compiler.Compile(compiler.TreeOf(mutant.Target.File.Replace('/', Path.DirectorySeparatorChar)), mutant.Tree) is not { } assembly)
        {
            Interlocked.Increment(ref refused);
            continue;
        }

        if (equivalent.ContainsKey(mutant.Name))
        {
            used[mutant.Name] = true;
            Interlocked.Increment(ref known);
            continue;
        }

        var failure = await worker.FailsAsync(mutant.Target, assembly);
        if (failure is "time" or "crash")
        {
            Console.WriteLine($"Ended by {failure}, line {mutant.Line}: {mutant.Name}");
        }

        if (failure is null)
        {
            Interlocked.Increment(ref survived);
            Console.WriteLine($"SURVIVED line {mutant.Line}: {mutant.Name}");
        }
        else
        {
            if (Interlocked.Increment(ref killed) % 20 == 0)
            {
                Console.WriteLine($"{killed} killed, {queue.Count} to go");
            }
        }
    }
})));

foreach (var name in equivalent.Keys.Where(name => wanted.Length == 0 && !used.ContainsKey(name)))
{
    Console.WriteLine($"Listed as equivalent and no longer there: {name}");
    survived++;
}

Console.WriteLine($"{killed} killed, {survived} survived, {known} equivalent, {refused} did not compile");
return survived == 0 ? 0 : 1;
