using System.Text;

namespace LlmMetrics.Tests.Http;

/// <summary>
/// What a model, a tool or a report may put into an answer: figures that look like usage, in texts and in nested
/// objects. Every fixture must read the same with them.
/// </summary>
public class FakeUsageTests
{
    private const string Fake = """
        "x_fake":{"usage":{"prompt_tokens":999,"completion_tokens":999,"total_tokens":1998,"input_tokens":999,"cost":9},
        "usageMetadata":{"promptTokenCount":999},"metadata":{"duration":999,"channels":9},"error":{"type":"fake"},
        "done":true,"type":"message_stop","model":"fake","service_tier":"fake","iterations":[{"input_tokens":999}],
        "message":{"usage":{"input_tokens":999}},"response":{"usage":{"input_tokens":999}},"eval_count":999,
        "amazon-bedrock-invocationMetrics":{"inputTokenCount":999},"x_groq":{"usage":{"prompt_tokens":999}},
        "choices":[{"usage":{"prompt_tokens":999}}],"output":[{"type":"web_search_call"},{"type":"file_search_call"},
        {"type":"image_generation_call"}],"tool_usage":{"web_search":{"num_requests":9},"image_gen":{"total_tokens":9}},
        "groundingMetadata":{"webSearchQueries":["fake"]},"speed":"fast","performanceConfig":{"latency":"fast"},
        "trafficType":"PROVISIONED_THROUGHPUT","num_sources_used":9,"citation_tokens":9},
        "x_text":"\"usage\":{\"prompt_tokens\":999},\"error\":{},\"done\":true}]} data: [DONE]",
        """;

    private static readonly string _inOneLine = Fake.ReplaceLineEndings(string.Empty);

    public static TheoryData<string> Names() =>
    [
        .. Fixture.All.Where(fixture => fixture.Body.Contains('{', StringComparison.Ordinal)
                && !fixture.ContentType.StartsWith("text/html", StringComparison.Ordinal))
            .Select(fixture => fixture.Name),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Handler_FakeFiguresInEveryDocument_ChangeNothing(string name)
    {
        var fixture = Fixture.Get(name);
        var body = With(fixture);
        Assert.Contains("x_fake", body, StringComparison.Ordinal);
        var bytes = fixture.IsFrames ? BinaryFrames.Of(body) : Encoding.UTF8.GetBytes(body);
        using var runner = new FixtureRunner();
        foreach (var plan in new[] { ChunkPlan.Of(1), ChunkPlan.Of(100), ChunkPlan.Whole })
        {
            await runner.VerifyAsync(fixture, bytes, plan, null, $"{name} with fakes in pieces of {plan}");
        }
    }

    private static string With(Fixture fixture)
    {
        var body = fixture.Body;
        return body.StartsWith("{\n", StringComparison.Ordinal) || body.StartsWith('[')
            ? WithFake(body)
            : string.Join('\n', body.Split('\n').Select(WithFake));
    }

    /// <summary>Puts the fakes first into an object, unless that is empty.</summary>
    private static string WithFake(string document)
    {
        var at = document.IndexOf('{', StringComparison.Ordinal) + 1;
        return at == 0 || document[at..].TrimStart().StartsWith('}')
            ? document
            : document.Insert(at, _inOneLine);
    }
}
