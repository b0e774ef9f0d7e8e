namespace LlmMetrics.Tests.Http;

/// <summary>What each family of headers says about limits, and what a hostile one does.</summary>
public class RateLimitHeaderTests
{
    private const string OpenAi = """
        x-ratelimit-limit-requests: 10000
        x-ratelimit-remaining-requests: 9999
        X-RateLimit-Limit-Tokens: 2000000
        x-ratelimit-remaining-tokens: 0
        x-ratelimit-reset-requests: 6m0s
        """;

    private const string Azure = """
        x-ratelimit-remaining-requests: 99
        x-ratelimit-remaining-tokens: 99984
        x-ms-region: Sweden Central
        """;

    private const string Anthropic = """
        anthropic-ratelimit-requests-limit: 50
        anthropic-ratelimit-requests-remaining: 49
        anthropic-ratelimit-requests-reset: 2026-11-20T21:00:00Z
        anthropic-ratelimit-tokens-remaining: 90000
        anthropic-ratelimit-input-tokens-limit: 80000
        anthropic-ratelimit-input-tokens-remaining: 79000
        anthropic-ratelimit-output-tokens-limit: 16000
        anthropic-ratelimit-output-tokens-remaining: 11000
        """;

    private const string Mistral = """
        x-ratelimit-limit-tokens-minute: 500000
        x-ratelimit-remaining-tokens-minute: 499000
        x-ratelimit-limit-req-minute: 60
        x-ratelimit-remaining-req-minute: 58
        x-ratelimit-tokens-query-cost: 32
        """;

    [Theory]
    [InlineData(OpenAi, "requests 9999/10000, tokens 0/2000000")]
    [InlineData(Azure, "requests 99/?, tokens 99984/?")]
    [InlineData(
        Anthropic, "input_tokens 79000/80000, output_tokens 11000/16000, requests 49/50, tokens 90000/?")]
    [InlineData(Mistral, "requests 58/60, tokens 499000/500000")]
    [InlineData("retry-after: 1", "")]
    [InlineData("x-ratelimit-remaining-tokens: -1", "")]
    [InlineData("x-ratelimit-remaining-tokens: 99999999999999999999999", "")]
    [InlineData("x-ratelimit-remaining-tokens: NaN", "")]
    [InlineData("x-ratelimit-remaining-tokens: 1e3", "")]
    [InlineData("x-ratelimit-remaining-tokens: ", "")]
    [InlineData("x-ratelimit-remaining-tokens: 1\nx-ratelimit-remaining-tokens: 2", "")]
    [InlineData("x-ratelimit-remaining-\u2603: 1", "")]
    public async Task Send_AnswerWithHeaders_AreGauges(string headers, string expected)
    {
        using var scenario = new Scenario(new HeaderHandler(headers));
        using var response = await scenario.SendAsync();
        using var snapshot = scenario.Runtime.GetSnapshot();

        var units = new[] { "input_tokens", "output_tokens", "requests", "tokens" };
        var known = units.Select(unit => (Unit: unit, Left: Value("remaining", unit), Limit: Value("limit", unit)))
            .Where(item => item is not (_, "?", "?"))
            .Select(item => $"{item.Unit} {item.Left}/{item.Limit}");
        Assert.Equal(expected, string.Join(", ", known));
        Assert.Equal(double.NaN, snapshot.Sum("llmmetrics.dropped"));

        string Value(string name, string unit)
        {
            var value = snapshot.Sum(
                "llm.rate_limit." + name, ("unit", unit), ("provider", "openai"), ("model", "asked"));
            return double.IsNaN(value) ? "?" : value.ToString("R", null);
        }
    }

    [Theory]
    [InlineData("retry-after: 20", 20.0)]
    [InlineData("retry-after: 0", 0.0)]
    [InlineData("retry-after: 1.5", 1.5)]
    [InlineData("retry-after: 2\nretry-after-ms: 1250", 1.25)]
    [InlineData("retry-after: Fri, 20 Nov 2026 00:00:30 GMT", 30.0)]
    [InlineData("retry-after: Fri, 20 Nov 2026 00:00:00 GMT", 0.0)]
    [InlineData("retry-after: Fri, 20 Nov 2099 00:00:00 GMT", null)]
    [InlineData("retry-after: -5", null)]
    [InlineData("retry-after: 1e300", null)]
    [InlineData("retry-after: 99999999999999999999999999999999", null)]
    [InlineData("retry-after: soon", null)]
    public async Task Send_RetryAfter_IsAWait(string headers, double? seconds)
    {
        using var scenario = new Scenario(new HeaderHandler(headers), new FixedTime());
        using var response = await scenario.SendAsync();
        using var snapshot = scenario.Runtime.GetSnapshot();

        Assert.Equal(seconds is null ? double.NaN : 1, snapshot.Sum("llm.rate_limit.retry_after"));
        if (seconds is not null)
        {
            Assert.True(snapshot.TryGetFamily("llm.rate_limit.retry_after", out var family));
            Assert.Equal(seconds.Value, family.Single().Sum, 9);
        }
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
    }

    private sealed class HeaderHandler(string headers) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            var response = new HttpResponseMessage { RequestMessage = request };
            foreach (var line in headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                response.Headers.TryAddWithoutValidation(line[..colon].Trim(), line[(colon + 1)..].Trim());
            }

            return response;
        }
    }
}
