using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace BiometricTwoFactor.Mutation;

/// <summary>
/// Compiles one project of the copy in this process, as its own build does, with one file changed. The generators' output
/// is taken from the build before: no mutated file feeds one.
/// </summary>
internal sealed class ProjectCompiler
{
    private readonly IReadOnlyList<ResourceDescription> _resources;

    private ProjectCompiler(CSharpCompilation compilation, IReadOnlyList<ResourceDescription> resources)
    {
        Compilation = compilation;
        _resources = resources;
    }

    public CSharpCompilation Compilation { get; }

    public static async Task<ProjectCompiler> LoadAsync(string copy, string project)
    {
        var folder = Path.Combine(copy, "src", project);
        var (code, json) = await Command.RunAsync(
            copy, "dotnet", ["build", folder, "--no-restore", "-t:Compile", "-p:BuildProjectReferences=false", "-p:DesignTimeBuild=true",
                "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-getItem:CscCommandLineArgs"]);
        if (code != 0)
        {
            throw new InvalidOperationException(json);
        }

        var lines = JsonDocument.Parse(json).RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs")
            .EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);
        var arguments = CSharpCommandLineParser.Default.Parse(lines, folder, sdkDirectory: null);
        var generated = Directory.EnumerateFiles(Path.Combine(folder, "obj"), "*.cs", SearchOption.AllDirectories)
            .Where(path => path.Contains($"{Path.DirectorySeparatorChar}generated{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var trees = arguments.SourceFiles.Select(file => file.Path).Concat(generated)
            .Select(path => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(path), System.Text.Encoding.UTF8), arguments.ParseOptions, path));
        var references = arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(Path.Combine(folder, reference.Reference), reference.Properties));
        var options = arguments.CompilationOptions.WithGeneralDiagnosticOption(ReportDiagnostic.Suppress); // a mutant may leave code that is not reached
        return new ProjectCompiler(CSharpCompilation.Create(arguments.CompilationName, trees, references, options), [.. arguments.ManifestResources]);
    }

    public SyntaxTree TreeOf(string file) => Compilation.SyntaxTrees.Single(tree => tree.FilePath.EndsWith(Path.DirectorySeparatorChar + file, StringComparison.Ordinal) || tree.FilePath == file);

    /// <summary>The assembly with the change; null when it does not compile.</summary>
    public byte[]? Compile(SyntaxTree original, SyntaxTree changed)
    {
        using var assembly = new MemoryStream();
        var result = Compilation.ReplaceSyntaxTree(original, changed).Emit(assembly, manifestResources: _resources);
        return result.Success ? assembly.ToArray() : null;
    }

    /// <summary>What is wrong with the unchanged project; null when nothing is.</summary>
    public string? Problem()
    {
        using var assembly = new MemoryStream();
        var result = Compilation.Emit(assembly, manifestResources: _resources);
        return result.Success ? null : string.Join('\n', result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Take(5));
    }
}
