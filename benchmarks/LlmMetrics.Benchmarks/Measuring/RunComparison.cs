using LlmMetrics.Benchmarks.Comparing;

namespace LlmMetrics.Benchmarks.Measuring;

/// <summary>The same as <see cref="RunBenchmarks"/>, in turn.</summary>
internal static class RunComparison
{
    private const int Calls = 64;

    public static void Run()
    {
        using var tools = MeasuredTools.Create();
        (string Name, Action Batch, int Calls)[] sides =
        [
            Side("two timestamps and a bound record", tools.TimestampsAndBoundRecord),
            Side("tool", tools.ToolByHelper),
            Side("function", tools.FunctionByHelper),
            Side("tool, ValueTask", tools.ToolByHelperAsync),
            Side("tool, using", tools.ToolByUsing),
            Side("tool, attribute", tools.ToolByAttribute),
            Side("agent", tools.AgentByHelper),
        ];
        var comparison = Interleaved.Run(200, sides);
        foreach (var side in sides[1..])
        {
            Console.WriteLine(comparison.Describe(side.Name, sides[0].Name));
        }

        Console.WriteLine(comparison.Describe("tool, attribute", "tool"));
    }

    private static (string Name, Action Batch, int Calls) Side(string name, Func<int> call) => (name, () =>
    {
        for (var i = 0; i < Calls; i++)
        {
            _ = call();
        }
    }, Calls);
}
