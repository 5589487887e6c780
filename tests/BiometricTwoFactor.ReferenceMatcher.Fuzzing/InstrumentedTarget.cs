using System.Reflection;
using System.Runtime.Loader;
using SharpFuzz;

namespace BiometricTwoFactor.ReferenceMatcher.Fuzzing;

/// <summary>
/// A second copy of the matcher in this process, with a counter at each branch. The first stays as it was built, so
/// that tests can run beside it.
/// </summary>
internal sealed class InstrumentedTarget : AssemblyLoadContext, IDisposable
{
    private const string Matcher = "BiometricTwoFactor.ReferenceMatcher";
    private const string Decoders = Matcher + ".Imaging.";

    private readonly string _own = typeof(InstrumentedTarget).Assembly.GetName().Name!;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reference-matcher-fuzzing-");

    public InstrumentedTarget()
    {
        var copy = Path.Combine(_folder.FullName, Matcher + ".dll");
        File.Copy(Path.Combine(AppContext.BaseDirectory, Matcher + ".dll"), copy);
        var counted = Fuzzer.Instrument(copy, type => type.StartsWith(Decoders, StringComparison.Ordinal), Options.Value);
        if (!counted.Any())
        {
            throw new InvalidOperationException("No decoder was instrumented: its namespace has moved.");
        }

        // This assembly a second time, too: its calls are bound to the instrumented copy.
        var target = LoadFromAssemblyName(new AssemblyName(_own)).GetType(typeof(DecodeTarget).FullName!, throwOnError: true)!;
        Run = target.GetMethod(nameof(DecodeTarget.Run))!.CreateDelegate<Func<byte[], long[], string>>();
    }

    /// <summary><see cref="DecodeTarget.Run"/>, counted.</summary>
    public Func<byte[], long[], string> Run { get; }

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where loaded assemblies are locked the system's own cleaning has to do.
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name switch
    {
        Matcher => LoadFromAssemblyPath(Path.Combine(_folder.FullName, Matcher + ".dll")),
        var name when name == _own => LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, _own + ".dll")),
        _ => null,
    };
}
