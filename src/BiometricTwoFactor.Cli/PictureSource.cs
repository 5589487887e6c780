using System.CommandLine;
using System.CommandLine.Parsing;

namespace BiometricTwoFactor.Cli;

/// <summary>Pictures of faces: JPEG or PNG files, one of which may come from standard input.</summary>
internal static class PictureSource
{
    private const int Mebibytes = 20;

    public static Argument<string> One(string name, string description) => Strict(new Argument<string>(name) { Description = description });

    public static Argument<string[]> Several(string name, string description) =>
        Strict(new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.OneOrMore });

    /// <summary>Reads them in order. What a message calls each stands beside its path.</summary>
    public static async Task<byte[][]> ReadAsync((string Path, string What)[] pictures, ToolContext context, CancellationToken cancellationToken)
    {
        if (pictures.Count(picture => picture.Path == InputSource.StandardInput) > 1)
        {
            throw new ToolException("Only one picture can come from standard input.");
        }

        var files = new byte[pictures.Length][];
        for (var i = 0; i < files.Length; i++)
        {
            files[i] = await InputSource.ReadAsync(pictures[i].Path, pictures[i].What, Mebibytes, context, cancellationToken);
        }

        return files;
    }

    /// <summary>A mistyped option is not a picture's name: without this, a threshold behind it would be looked for as a file.</summary>
    private static TArgument Strict<TArgument>(TArgument argument)
        where TArgument : Argument
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length > 1 && token.Value[0] == '-'))
            {
                result.AddError("A picture's name does not begin with '-'.");
            }
        });
        return argument;
    }
}
