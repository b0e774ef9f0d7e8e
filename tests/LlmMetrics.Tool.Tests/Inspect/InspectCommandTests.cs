using System.Text.Json;
using LlmMetrics.Testing;

namespace LlmMetrics.Tool.Tests;

public sealed class InspectCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Inspect_Help_SaysWhatThereIs()
    {
        var run = await ToolRun.RunAsync("inspect", "--help");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Snapshot.Verify(run.Output);
    }

    [Fact]
    public async Task Inspect_EveryFraming_IsOneLineOfJsonEach()
    {
        string[] files =
        [
            _folder.Write("chat.json", Answers.Chat), _folder.Write("chat.sse", Answers.ChatStream),
            _folder.Write("chat.json.gz", Answers.Gzip(Answers.Chat)),
            _folder.Write("chat.sse.gz", Answers.Gzip(Answers.ChatStream)),
            _folder.Write("bom.json", "\uFEFF\r\n" + Answers.Chat), _folder.Write("claude.sse", Answers.Claude),
            _folder.Write("gemini.json", Answers.GeminiArray), _folder.Write("ollama.ndjson", Answers.OllamaLines),
            _folder.Write("bedrock.bin", Answers.Converse),
        ];

        var run = await ToolRun.RunAsync(["inspect", .. files, "--json"]);

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Snapshot.Verify(_folder.Scrub(run.Output), extension: "jsonl");
        foreach (var line in run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var record = JsonDocument.Parse(line).RootElement;
            Assert.Equal(1000, record.GetProperty("input_tokens").GetInt64());
            Assert.Equal(50, record.GetProperty("output_tokens").GetInt64());
            Assert.Equal("ok", record.GetProperty("outcome").GetString());
        }
    }

    [Fact]
    public async Task Inspect_Fields_AreThoseThatAreDocumented()
    {
        var run = await ToolRun.RunAsync("inspect", _folder.Write("a.json", Answers.Chat), "--json");

        Assert.Equal(
            [
                "file", "provider", "operation", "model", "input_tokens", "output_tokens", "cached_input_tokens",
                "cache_write_input_tokens", "reasoning_output_tokens", "usage_source", "outcome", "error_type",
                "cost_usd", "cost_source",
            ],
            JsonDocument.Parse(run.Output).RootElement.EnumerateObject().Select(static field => field.Name));
    }

    [Fact]
    public async Task Inspect_ProviderHeadersAndModel_AreTaken()
    {
        var headers = _folder.Write(
            "headers.txt",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 200\r\nContent-Type: application/json\r\nContent-Length: 9\r\n"
            + "x-amzn-bedrock-input-token-count: 7\r\nx-amzn-bedrock-output-token-count: 5\r\n\r\n");
        var run = await ToolRun.RunAsync(
            "inspect", _folder.Write("a.json", "{\"generation\":\"Hi\"}"), "--provider", "bedrock",
            "--headers", headers, "--model", "anthropic.claude-3-haiku-20240307-v1:0", "--json");

        var record = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Equal("aws.bedrock", record.GetProperty("provider").GetString());
        Assert.Equal(7, record.GetProperty("input_tokens").GetInt64());
        Assert.Equal(0.000008m, record.GetProperty("cost_usd").GetDecimal());
        Assert.Equal("catalogue", record.GetProperty("cost_source").GetString());
    }

    [Theory]
    [InlineData("x-amzn-bedrock-input-token-count: 7", """{"outputs":[{"text":"Hi"}]}""", "aws.bedrock")]
    [InlineData("dg-char-count: 7", """{"any":1}""", "deepgram")]
    [InlineData("server: x", """{"generation":"a","prompt_token_count":7,"generation_token_count":1}""", "aws.bedrock")]
    [InlineData("server: x", """{"finish_reason":"COMPLETE","usage":{"billed_units":{"input_tokens":7}}}""", "cohere")]
    [InlineData("server: x", """{"model":"mistral-small-latest","choices":[],"usage":{}}""", "mistral_ai")]
    [InlineData("server: x", """{"model":"mistral-7b-instruct","choices":[],"usage":{}}""", "openai_compatible")]
    public async Task Inspect_NobodySaysWhoAnswered_HeadersAndShapeTell(string header, string body, string provider)
    {
        var run = await ToolRun.RunAsync(
            "inspect", _folder.Write("a.json", body), "--headers", _folder.Write("h.txt", header), "--json");

        Assert.Equal(provider, JsonDocument.Parse(run.Output).RootElement.GetProperty("provider").GetString());
    }

    [Fact]
    public async Task Inspect_RefusedCall_HasItsErrorAndNoUse()
    {
        var headers = _folder.Write("h.txt", "HTTP/1.1 429 Too Many Requests\nRetry-After: 3\n");
        var run = await ToolRun.RunAsync(
            "inspect", _folder.Write("a.json", Answers.Refused), "--provider", "openai", "--headers", headers,
            "--json");

        var record = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(ExitCode.Findings, run.ExitCode);
        Assert.Equal("error", record.GetProperty("outcome").GetString());
        Assert.Equal("429", record.GetProperty("error_type").GetString());
        Assert.Equal(JsonValueKind.Null, record.GetProperty("cost_usd").ValueKind);
    }

    [Fact]
    public async Task Inspect_ArrayWithAnError_IsAnError()
    {
        var run = await ToolRun.RunAsync(
            "inspect", _folder.Write("a.json", """[{"error":{"code":503,"message":"m","status":"UNAVAILABLE"}}]"""),
            "--json");

        var record = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("gcp.gemini", record.GetProperty("provider").GetString());
        Assert.Equal("error", record.GetProperty("outcome").GetString());
        Assert.Equal("UNAVAILABLE", record.GetProperty("error_type").GetString());
    }

    [Fact]
    public async Task Inspect_PricesOfOnesOwn_GoFirst()
    {
        var prices = _folder.Write("p.json", """
            [{"id":"openai","models":[{"id":"gpt-4o","prices":{"input_mtok":1,"output_mtok":0}}]}]
            """);
        var run = await ToolRun.RunAsync(
            "inspect", _folder.Write("a.json", Answers.Chat), "--prices", prices, "--json");

        Assert.Equal(0.001m, JsonDocument.Parse(run.Output).RootElement.GetProperty("cost_usd").GetDecimal());
    }

    [Fact]
    public async Task Inspect_StreamCutOff_IsIncompleteAndKeepsWhatIsKnown()
    {
        var cut = Answers.Claude[..Answers.Claude.IndexOf("event: message_delta", StringComparison.Ordinal)];
        var run = await ToolRun.RunAsync("inspect", _folder.Write("a.sse", cut), "--json");

        var record = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("incomplete", record.GetProperty("outcome").GetString());
        Assert.Equal(1000, record.GetProperty("input_tokens").GetInt64());
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("binary")]
    [InlineData("text")]
    [InlineData("cut gzip")]
    [InlineData("no usage")]
    public async Task Inspect_NothingToFind_SaysSo(string kind)
    {
        var gzip = Answers.Gzip(Answers.Chat);
        var file = _folder.Write("a", kind switch
        {
            "empty" => [],
            "binary" => [0xff, 0xfb, 0, 1, 2, 3, 0, 0, 200],
            "text" => "Bad gateway"u8.ToArray(),
            "cut gzip" => gzip[..20],
            _ => """{"object":"chat.completion","choices":[]}"""u8.ToArray(),
        });
        var run = await ToolRun.RunAsync("inspect", file, "--json");

        var record = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(ExitCode.Findings, run.ExitCode);
        Assert.Equal(JsonValueKind.Null, record.GetProperty("input_tokens").ValueKind);
        Assert.Equal(JsonValueKind.Null, record.GetProperty("cost_usd").ValueKind);
        Assert.Contains("nothing found", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_UnreadableFile_EndsWith3AndReadsTheOthers()
    {
        var good = _folder.Write("a.json", Answers.Chat);
        var run = await ToolRun.RunAsync("inspect", _folder.Path + "/none.json", _folder.Path, good, "--json");

        Assert.Equal(ExitCode.Unreadable, run.ExitCode);
        Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("none.json", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing here", "is no header")]
    [InlineData("HTTP/1.1 abc", "is no header")]
    [InlineData(null, "h.txt")]
    public async Task Inspect_BrokenHeaders_EndWith3(string? text, string named)
    {
        var headers = text is null ? _folder.Path + "/h.txt" : _folder.Write("h.txt", text);
        var run = await ToolRun.RunAsync("inspect", _folder.Write("a.json", Answers.Chat), "--headers", headers);

        Assert.Equal((ExitCode.Unreadable, ""), (run.ExitCode, run.Output));
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.json --provider")]
    [InlineData("a.json --nothing")]
    public async Task Inspect_WrongOptions_EndWith2(string line)
    {
        var run = await ToolRun.RunAsync(["inspect", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.NotEmpty(run.Error);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Inspect_Terminal_DrawsTables(int width)
    {
        var one = _folder.Write("chat.json", Answers.Chat);
        var two = _folder.Write("gemini.json", Answers.GeminiArray);

        var single = await ToolRun.RunAsync(["inspect", one], default, terminalWidth: width);
        var several = await ToolRun.RunAsync(["inspect", one, two], default, terminalWidth: width);

        Assert.All(
            (single.Output + several.Output).Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.DoesNotContain('\u001b', single.Output + several.Output);
        Assert.Contains("gpt-4o-2024-08-06", several.Output, StringComparison.Ordinal);
        Assert.Contains("cached_input_tokens", single.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_Redirected_IsTabSeparated()
    {
        var run = await ToolRun.RunAsync("inspect", _folder.Write("chat.json", Answers.Chat));

        Snapshot.Verify(_folder.Scrub(run.Output), extension: "tsv");
    }

    [Fact]
    public async Task Inspect_Colour_OnlyWhereItIsAllowed()
    {
        string[] line = ["inspect", _folder.Write("chat.json", Answers.Chat)];
        var coloured = await ToolRun.RunAsync(line, default, terminalWidth: 80, colour: true);
        var process = await ToolRun.RunProcessAsync(line);

        Assert.Contains('\u001b', coloured.Output);
        Assert.DoesNotContain('\u001b', process.Output);
        Assert.StartsWith("file\tprovider\t", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_Cancelled_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var run = await ToolRun.RunAsync(
            ["inspect", _folder.Write("a.json", Answers.Chat)], default, cancellationToken: cancelled.Token);

        Assert.Equal(
            (ExitCode.Cancelled, "llm-metrics: cancelled\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Inspect_EveryFixtureOfTheHandler_IsReadAsTheHandlerReadsIt(bool sayProvider)
    {
        var failures = new List<string>();
        var count = 0;
        foreach (var path in Directory.GetFiles(Repository.PathOf("tests/LlmMetrics.Tests/Http/Fixtures"), "*.txt"))
        {
            var fixture = RecordedFixture.Load(path);
            if (fixture.NeedsTheRequest || (!sayProvider && fixture.NeedsTheProvider))
            {
                continue;
            }

            count++;
            string[] options = !sayProvider ? []
                : fixture.AskedModel is { } model ? ["--provider", fixture["provider"]!, "--model", model]
                : ["--provider", fixture["provider"]!];
            var run = await ToolRun.RunAsync(
            [
                "inspect", _folder.Write("body", fixture.Body), "--json", "--content-type", fixture["type"]!,
                "--headers", _folder.Write("headers", fixture.Headers), .. options,
            ]);
            fixture.Compare(JsonDocument.Parse(run.Output).RootElement, sayProvider, failures);
        }

        Assert.InRange(count, 90, 1000);
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
