using System.Text;
using LlmMetrics.Testing;

namespace LlmMetrics.Tool.Tests;

public sealed class PriceLinesTests
{
    private const string Call =
        """{"provider":"openai","model":"gpt-4o","input_tokens":1000,"output_tokens":100,"at":"2026-03-01"}""";

    private const string Claude =
        "{\"provider\":\"anthropic\",\"model\":\"claude-3-5-haiku-20241022\",\"input_tokens\":1000,"
        + "\"output_tokens\":10,\"cached_input_tokens\":500,\"cache_write_input_tokens\":100,"
        + "\"at\":\"2026-03-01T12:00+02:00\",\"more\":[1]}";

    private const string Answer = """{"cost_usd":0.0035,"model_matched":"gpt-4o","priced_at":"2026-03-01T00:00:00Z"}""";

    [Fact]
    public async Task AnswerAsync_Lines_AreAnsweredInOrder()
    {
        var run = await RunAsync(string.Join(
            "\r\n",
            "\uFEFF" + Call,
            """{"provider":"openai","model":"none","input_tokens":1,"output_tokens":1}""",
            "",
            """{"provider":"openai","model":"gpt-4o","output_tokens":1}""",
            Claude,
            Call));

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            [
                Answer,
                """{"unpriced":"unknown_model"}""",
                """{"unpriced":"unknown_usage","model_matched":"gpt-4o"}""",
                """{"cost_usd":0.0005,"model_matched":"claude-3-5-haiku-latest","priced_at":"2026-03-01T10:00:00Z"}""",
                Answer,
            ],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("nonsense", "it is not JSON")]
    [InlineData("5", "it is no object")]
    [InlineData("{}", "'provider' and 'model' are needed")]
    [InlineData("null", "'provider' and 'model' are needed")]
    [InlineData("""{"provider":"p","model":"m","input_tokens":"many"}""", "input_tokens is of the wrong kind")]
    [InlineData("""{"provider":"p","model":"m","at":"soon"}""", "'at' is 'soon'")]
    public async Task AnswerAsync_LineThatIsNoCall_IsNamedAndTheRestAnswered(string line, string reason)
    {
        var run = await RunAsync($"{Call}\n{line}\n{Call}\n");

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(ExitCode.Findings, run.ExitCode);
        Assert.Equal((3, Answer, Answer), (lines.Length, lines[0], lines[2]));
        Assert.StartsWith("{\"unpriced\":\"invalid_line\",\"detail\":\"line 2: ", lines[1], StringComparison.Ordinal);
        Assert.Contains(
            reason, lines[1].Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("1 of 3 lines", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerAsync_EndlessLine_IsRefusedWithoutBeingKept()
    {
        var run = await RunAsync($"{Call}\n{new string('x', 3 * 1024 * 1024)}\n{Call}");

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((3, Answer, Answer), (lines.Length, lines[0], lines[2]));
        Assert.Contains("longer than 1 MiB", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerAsync_Nothing_AnswersNothing() =>
        Assert.Equal(new ProgramOutput(ExitCode.Ok, "", ""), await RunAsync(""));

    [Fact]
    public async Task AnswerAsync_OptionsOfOneCall_AreRefused()
    {
        var run = await ToolRun.RunAsync("price", "--stdin", "--model", "gpt-4o");

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("--model", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerAsync_Process_ReadsItsStandardInput()
    {
        var run = await ToolRun.RunProcessAsync(["price", "--stdin"], Encoding.UTF8.GetBytes(Call + "\n"));

        Assert.Equal((ExitCode.Ok, Answer), (run.ExitCode, run.Output.Trim()));
    }

    private static Task<ProgramOutput> RunAsync(string lines) =>
        ToolRun.RunAsync(["price", "--stdin"], Encoding.UTF8.GetBytes(lines));
}
