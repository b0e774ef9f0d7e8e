using LlmMetrics.Testing;

namespace Samples.Tests;

/// <summary>How samples end.</summary>
public sealed class ExitTests
{
    [Theory]
    [InlineData("Voicebot", "--metrics-port", "0")]
    [InlineData("ContentPipeline", "--metrics-port", "0")]
    [InlineData("BrowserAgent", "--speed", "100")]
    public async Task Run_WithExit_EndsByItself(string sample, string option, string value)
    {
        string[] urls = sample == "ContentPipeline" ? [] : ["--urls", "http://127.0.0.1:0"];
        await using var process = SampleProcess.Start(
            sample, ["--demo", "--exit", "--rounds", "1", option, value, .. urls],
            new Dictionary<string, string?> { ["OTEL_SDK_DISABLED"] = sample == "BrowserAgent" ? "true" : null });

        Assert.True(await process.WaitForExitAsync() == 0, process.Output + process.Error);
        Assert.Single(process.Lines("demo: done"));
    }

    [Theory]
    [InlineData("ExpertApi")]
    [InlineData("MigrationApi")]
    public async Task Run_WithoutPostgreSql_TellsHowToInstallIt(string sample)
    {
        await using var process = SampleProcess.Start(
            sample, ["--demo", "--exit"], new Dictionary<string, string?> { ["PostgreSql__Programs"] = "/nowhere" });

        Assert.Equal(2, await process.WaitForExitAsync());
        Assert.Contains("apt-get install postgresql", process.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DatabaseThatDoesNotAnswer_IsSaid()
    {
        await using var process = SampleProcess.Start(
            "ExpertApi", ["--demo", "--exit"], new Dictionary<string, string?>
            {
                ["ConnectionStrings__Expert"] = "Host=127.0.0.1;Port=1;Username=nobody;Timeout=5",
            });

        Assert.Equal(2, await process.WaitForExitAsync());
        Assert.Contains("The database does not answer", process.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Voicebot", "--colour")]
    [InlineData("ContentPipeline", "--rounds", "0")]
    [InlineData("BrowserAgent", "--metrics-port", "70000")]
    public async Task Run_WrongArguments_AreNamed(string sample, params string[] arguments)
    {
        await using var process = SampleProcess.Start(sample, arguments);

        Assert.Equal(2, await process.WaitForExitAsync());
        Assert.Contains(arguments[0], process.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PortTaken_IsSaid()
    {
        await using var other = await LoopbackServer.StartAsync(static _ => { });
        await using var process = SampleProcess.Start(
            "Voicebot", ["--demo", "--metrics-port", "0", "--urls", other.BaseAddress.ToString()]);

        Assert.Equal(2, await process.WaitForExitAsync());
        Assert.Contains("address already in use", process.Error, StringComparison.OrdinalIgnoreCase);
    }

    [SkippableFact]
    public async Task Interrupt_DuringScrapes_NoPageIsCutShort()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "SIGINT is sent with Linux's own programs");
        await using var process = SampleProcess.Start("ContentPipeline", ["--demo", "--metrics-port", "0"]);
        var page = new Uri((await process.WaitForLineAsync("metrics: ")).Split(' ')[1]);
        await process.WaitForLineAsync("demo: every");
        using var ended = new CancellationTokenSource();
        using var whole = new SemaphoreSlim(0);
        var scrapes = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ScrapeAsync(page, whole, ended.Token)));

        for (var scrape = 0; scrape < 10; scrape++)
        {
            Assert.True(await whole.WaitAsync(TimeSpan.FromSeconds(30)), "the page doesn't answer");
        }

        await process.InterruptAsync();
        var code = await process.WaitForExitAsync();
        await ended.CancelAsync();

        Assert.Equal(0, code);
        await scrapes;
    }

    /// <summary>Scrapes until the end: each answer is whole, or an error.</summary>
    private static async Task ScrapeAsync(Uri page, SemaphoreSlim whole, CancellationToken ended)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Accept", "application/openmetrics-text; version=1.0.0");
        while (!ended.IsCancellationRequested)
        {
            try
            {
                using var answer = await http.GetAsync(page, CancellationToken.None);
                if (answer.IsSuccessStatusCode)
                {
                    Assert.EndsWith("# EOF\n", await answer.Content.ReadAsStringAsync(CancellationToken.None));
                    whole.Release();
                }
            }
            catch (HttpRequestException)
            {
                // Refused or broken: the scraper sees that this page is not whole.
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }
}
