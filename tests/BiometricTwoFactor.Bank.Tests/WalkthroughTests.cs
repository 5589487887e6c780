using Bank;

namespace BiometricTwoFactor.Bank.Tests;

public sealed class WalkthroughTests
{
    [Fact]
    public Task Every_story_of_the_walkthrough_holds() => HoldsAsync();

    [Fact]
    public async Task Every_story_holds_with_customers_money_and_step_ups_in_a_database()
    {
        var folder = Directory.CreateTempSubdirectory("bank-");
        try
        {
            await HoldsAsync("--Bank:Database:Provider", "Sqlite", "--Bank:Database:ConnectionString", $"Data Source={Path.Combine(folder.FullName, "bank.db")};Pooling=false");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task HoldsAsync(params string[] settings)
    {
        using var output = new StringWriter();
        var exitCode = await Walkthrough.RunAsync(output, CancellationToken.None, settings);

        var told = output.ToString();
        Assert.True(exitCode == 0, told);
        string[] promised =
        [
            "An approved transfer is executed once",
            "The same approval is refused a second time",
            "An amount that changed after the approval is refused",
            "A verdict for another amount is refused",
            "A webhook signed with another secret changes nothing",
            "?status=Approved on the callback without a verdict is ignored",
            "A session link that is completed in another browser approves nothing",
            "A provider session that comes back for a second confirmation approves nothing",
            "Not enrolled, then enrolled",
            "A declined face executes nothing",
            "In review, then approved",
            "A change of settings takes a fresh face each time",
            "A sign-in on a new device takes a face, and the password alone gets nowhere",
            "A forgotten password is replaced by a look into the camera, once",
        ];
        Assert.All(promised, story => Assert.Contains(story, told, StringComparison.Ordinal));
        Assert.Equal(Walkthrough.Stories.Count, Walkthrough.Stories.Count(story => told.Contains(story.Title, StringComparison.Ordinal)));
        Assert.DoesNotContain("FAIL", told, StringComparison.Ordinal);
    }
}
