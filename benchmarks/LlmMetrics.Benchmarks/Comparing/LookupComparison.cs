using LlmMetrics.Benchmarks.Database;
using LlmMetrics.Benchmarks.Pricing;
using LlmMetrics.Benchmarks.Recording;

namespace LlmMetrics.Benchmarks.Comparing;

/// <summary>Short things with a bound in nanoseconds.</summary>
internal static class LookupComparison
{
    private const int Repeats = 64;

    public static void Run()
    {
        var database = new DatabaseBenchmarks();
        database.SetUp();
        var prices = new PriceBenchmarks();
        var off = new SwitchedOffBenchmarks();
        off.SetUp();
        var comparison = Interleaved.Run(
            150,
            ("bare command", Repeated(database.Bare), Repeats),
            ("measured command", Repeated(database.Measured), Repeats),
            ("SQL summary", Repeated(database.Summary), Repeats),
            ("price", Repeated(prices.Find), Repeats * 4),
            ("IsEnabled, off", () => off.IsEnabled(), Repeats));
        Console.WriteLine(comparison.Describe("measured command", "bare command"));
        Console.WriteLine(comparison.Describe("SQL summary", "measured command"));
        Console.WriteLine(comparison.Describe("price", "measured command"));
        Console.WriteLine(comparison.Describe("IsEnabled, off", "measured command"));
        database.CleanUp();
        off.CleanUp();
    }

    private static Action Repeated(Func<int> call) => () =>
    {
        for (var i = 0; i < Repeats; i++)
        {
            _ = call();
        }
    };
}
