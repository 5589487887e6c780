namespace BiometricTwoFactor.Emulator;

/// <summary>Why the hosted page is shown again.</summary>
/// <param name="Reasons">What went wrong, each with the code of its warning; the code is empty where there is none.</param>
/// <param name="IsOfPicture">It is about the picture, not about the choice of an outcome.</param>
/// <param name="TriesLeft">How many more captures may be tried; null when none was used up.</param>
internal sealed record PageProblem(IReadOnlyList<PageProblem.Reason> Reasons, bool IsOfPicture = false, int? TriesLeft = null)
{
    public PageProblem(string text, bool isOfPicture = false)
        : this([new Reason("", text)], isOfPicture)
    {
    }

    public static PageProblem Of(PictureCapture.Outcome outcome, PageTexts texts) => new(
        [.. outcome.Problems.Select(problem => new Reason(problem.Code, texts[problem.Text]))], IsOfPicture: true, outcome.TriesLeft);

    /// <summary>The sentence about the tries; null when none was used up.</summary>
    public string? Tries(PageTexts texts) => TriesLeft is { } left ? texts[left == 1 ? "tries_one" : "tries_two"] : null;

    /// <param name="Code">The warning's code.</param>
    /// <param name="Text">A sentence in the page's language.</param>
    internal sealed record Reason(string Code, string Text);
}
