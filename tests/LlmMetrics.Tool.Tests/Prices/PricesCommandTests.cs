using LlmMetrics.Testing;

namespace LlmMetrics.Tool.Tests;

public sealed class PricesCommandTests : IDisposable
{
    private const string LiteLlm = """
        {"gpt-x": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 7.5e-08,
          "output_cost_per_token": 2e-06, "input_cost_per_token_above_200k_tokens": 1.5e-07,
          "input_cost_per_token_flex": 4e-08, "code_interpreter_cost_per_session": 0.03},
         "tts-x": {"litellm_provider": "openai", "mode": "audio_speech", "input_cost_per_character": 1.5e-05}}
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("list")]
    [InlineData("validate")]
    [InlineData("convert")]
    public async Task Prices_Help_SaysWhatThereIs(string verb)
    {
        var run = await ToolRun.RunAsync(verb.Length == 0 ? ["prices", "--help"] : ["prices", verb, "--help"]);

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Snapshot.Verify(run.Output, verb.Length == 0 ? null : verb);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(null)]
    public async Task List_OneProvider_ShowsItsModels(int? width)
    {
        var prices = _folder.Write("litellm.json", LiteLlm);
        var run = await ToolRun.RunAsync(
            ["prices", "list", "--provider", "openai", "--model", "-x", "--prices", prices], default, width);

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Snapshot.Verify(run.Output, width?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "redirected");
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task List_LongNames_FitTheTerminal(int width)
    {
        var run = await ToolRun.RunAsync(
            ["prices", "list", "--provider", "google", "--model", "flash"], default, width);

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 10, 1000);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
        Assert.DoesNotContain('…', run.Output);
    }

    [Fact]
    public async Task List_Json_IsOneLineForEachModel()
    {
        var run = await ToolRun.RunAsync("prices", "list", "--json");

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 500, 1000);
        Assert.All(lines, static line => Assert.StartsWith("{\"provider\":", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_NoSuchProvider_FindsNothing()
    {
        var run = await ToolRun.RunAsync("prices", "list", "--provider", "nobody", "--json");

        Assert.Equal((ExitCode.Findings, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Validate_GoodAndBrokenFiles_NamesWhatIsWrong()
    {
        var good = _folder.Write("litellm.json", LiteLlm);
        var broken = _folder.Write("broken.json", LiteLlm.Replace("2e-06", "-2e-06", StringComparison.Ordinal));
        var dangling = _folder.Write("dangling.json", """
            {"data_date": "2026-11-01", "aliases": [
              {"provider": "azure", "alias": "prod", "model": "gpt-4o"},
              {"provider": "azure", "alias": "test", "model": "no-such"}]}
            """);
        var run = await ToolRun.RunAsync("prices", "validate", good, broken, dangling);

        Assert.Equal((ExitCode.Findings, ""), (run.ExitCode, run.Error));
        Snapshot.Verify(_folder.Scrub(run.Output));
    }

    [Fact]
    public async Task Validate_NoFile_EndsWith3()
    {
        var run = await ToolRun.RunAsync("prices", "validate", _folder.Path + "/none.json");

        Assert.Equal((ExitCode.Unreadable, ""), (run.ExitCode, run.Output));
        Assert.Contains("none.json", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_LiteLlm_IsReadAgainAsTheSame()
    {
        var run = await ToolRun.RunAsync("prices", "convert", _folder.Write("litellm.json", LiteLlm));

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("code_interpreter_cost_per_session left out", run.Error, StringComparison.Ordinal);
        Snapshot.Verify(run.Output, extension: "json");
        var again = await ToolRun.RunAsync("prices", "convert", _folder.Write("own.json", run.Output));
        Assert.Equal(new ProgramOutput(ExitCode.Ok, run.Output, ""), again);
    }

    [Fact]
    public async Task Convert_EmbeddedData_LosesNothing()
    {
        var source = Repository.PathOf("src/LlmMetrics/Pricing/Data/prices.json");
        var output = Path.Combine(_folder.Path, "own.json");

        var run = await ToolRun.RunAsync("prices", "convert", source, "--output", output);

        Assert.Equal(new ProgramOutput(ExitCode.Ok, "", ""), run);
        var before = PriceCatalogue.Load(source);
        var after = PriceCatalogue.Load(output);
        Assert.Equal((before.ModelCount, before.DataDate), (after.ModelCount, after.DataDate));
        var at = new DateTimeOffset(2026, 9, 23, 12, 0, 0, TimeSpan.Zero);
        foreach (var (provider, layers) in before.Index.Providers)
        {
            foreach (var entry in layers[0].Entries)
            {
                foreach (var tokens in new[] { 1000L, 130_000, 300_000 })
                {
                    var call = new LlmCall
                    {
                        Provider = provider, ResponseModel = entry.Price!.Model, InputTokens = tokens,
                        OutputTokens = tokens, CachedInputTokens = 10, CacheWriteInputTokens = 5, AudioSeconds = 2,
                        Characters = 7, Pages = 2, WebSearches = 1,
                    };
                    var isPriced = before.TryGetCost(in call, at, out var usd);
                    Assert.Equal(isPriced, after.TryGetCost(in call, at, out var same));
                    Assert.Equal(usd, same, 12);
                }
            }
        }
    }

    [Fact]
    public async Task Convert_BrokenFile_EndsWith3AndNamesTheLine()
    {
        var run = await ToolRun.RunAsync("prices", "convert", _folder.Write("b.json", "{\n\"providers\": 5}"));

        Assert.Equal((ExitCode.Unreadable, ""), (run.ExitCode, run.Output));
        Assert.Contains("b.json, line 2", run.Error, StringComparison.Ordinal);
    }
}
