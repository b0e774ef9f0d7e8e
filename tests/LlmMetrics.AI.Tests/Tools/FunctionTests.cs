using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Tests.Tools;

public sealed class FunctionTests : IDisposable
{
    private readonly Harness _harness = new();

    [Fact]
    public async Task InvokeAsync_Measured_IsARunOfATool()
    {
        _harness.Listen();
        var function = Weather(static city => $"sunny in {city}").WithLlmMetrics(_harness.Metrics);

        var result = await _harness.Metrics.MeasureAgentAsync(
            "guide", token => function.InvokeAsync(new AIFunctionArguments { ["city"] = "Graz" }, token));

        Assert.Equal("sunny in Graz", result?.ToString());
        Assert.Equal(1, _harness.Sum(
            "gen_ai.execute_tool.duration", ("gen_ai.tool.name", "weather"), ("gen_ai.agent.name", "guide")));
        var span = Assert.Single(_harness.Spans, static span => span.DisplayName == "execute_tool weather");
        Assert.DoesNotContain(span.TagObjects, static tag => $"{tag.Value}".Contains("Graz", StringComparison.Ordinal));
    }

    [Fact]
    public async Task InvokeAsync_Throwing_PassesTheSameException()
    {
        var thrown = new FormatException();
        var function = Weather(_ => throw thrown).WithLlmMetrics(_harness.Metrics);

        Assert.Same(thrown, await Assert.ThrowsAsync<FormatException>(async () =>
            await function.InvokeAsync(new AIFunctionArguments { ["city"] = "Graz" })));

        Assert.Equal(1, _harness.Sum("gen_ai.execute_tool.duration", ("error.type", "System.FormatException")));
    }

    [Fact]
    public void WithLlmMetrics_Function_KeepsItsFaceAndIsMeasuredOnce()
    {
        var inner = new ApprovalRequiredAIFunction(Weather(static city => city));
        var function = inner.WithLlmMetrics(_harness.Metrics);

        Assert.Equal((inner.Name, inner.Description), (function.Name, function.Description));
        Assert.Equal(inner.JsonSchema.ToString(), function.JsonSchema.ToString());
        Assert.Same(inner, function.GetService<ApprovalRequiredAIFunction>());
        Assert.Same(function, function.WithLlmMetrics(_harness.Metrics));
    }

    [Fact]
    public void WithLlmMetrics_Tools_LeavesThoseOfTheProviderAlone()
    {
        AITool[] tools = [Weather(static city => city), new HostedWebSearchTool()];

        var measured = tools.WithLlmMetrics(_harness.Metrics);

        Assert.NotSame(tools[0], measured[0]);
        Assert.Equal("weather", measured[0].Name);
        Assert.Same(tools[1], measured[1]);
    }

    public void Dispose() => _harness.Dispose();

    private static AIFunction Weather(Func<string, string> tell) =>
        AIFunctionFactory.Create((string city) => tell(city), "weather", "What it is like");
}
