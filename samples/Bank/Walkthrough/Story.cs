namespace Bank;

/// <summary>One promise, shown.</summary>
internal abstract class Story(string title)
{
    public string Title => title;

    public abstract Task TellAsync(Scene scene);
}
