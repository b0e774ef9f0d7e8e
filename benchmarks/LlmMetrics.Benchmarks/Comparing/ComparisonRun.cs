using System.Globalization;
using LlmMetrics.Benchmarks.Http;
using LlmMetrics.Benchmarks.Measuring;
using LlmMetrics.Benchmarks.Recording;
using LlmMetrics.Benchmarks.Scraping;
using LlmMetrics.Exposition;
using OpenTelemetry.Metrics;

namespace LlmMetrics.Benchmarks.Comparing;

/// <summary>The promised ratios once more, measured in turn within one process.</summary>
internal static class ComparisonRun
{
    private const string OursName = "ours";
    private const string Sdk = "SDK ";

    /// <summary>How often what a listening SDK adds is measured.</summary>
    private const int Differences = 9;

    public static async Task RunAsync(string? only)
    {
        foreach (var (name, run) in Parts())
        {
            if (only is null || name == only)
            {
                Console.WriteLine($"== {name}");
                await run();
            }
        }
    }

    private static IEnumerable<(string Name, Func<Task> Run)> Parts() =>
    [
        ("recording", Synchronous(Recording)),
        ("threads", Synchronous(Threads)),
        ("scrape", ScrapeAsync),
        ("handler", HandlerThroughput.RunAsync),
        ("runs", Synchronous(RunComparison.Run)),
        ("lookups", Synchronous(LookupComparison.Run)),
    ];

    private static Func<Task> Synchronous(Action run) => () =>
    {
        run();
        return Task.CompletedTask;
    };

    private static void Recording()
    {
        foreach (var strings in Enum.GetValues<Strings>())
        {
            using var sdk = SdkPipeline.Create(1);
            var alone = Compare(strings, rounds: 150);
            var fastest = alone.Fastest(Sdk);
            Console.WriteLine($"{strings}: {alone.Describe(OursName, fastest)}");
            foreach (var style in SdkStyles.All)
            {
                Console.WriteLine($"  {alone.Describe(Sdk + style.Name, fastest)}");
            }

            var added = Added(strings, fastest);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  SDK listening beside adds {added[Differences / 2]:F2} of the SDK code, quartiles "
                + $"{added[Differences / 4]:F2} to {added[Differences * 3 / 4]:F2}"));
        }
    }

    /// <summary>
    /// What an SDK that listens to ours adds, in times of the SDK code: a difference of two measurements, between
    /// which a shared machine can change, so it is taken several times.
    /// </summary>
    private static double[] Added(Strings strings, string fastest)
    {
        var added = new double[Differences];
        for (var i = 0; i < Differences; i++)
        {
            var alone = Compare(strings, rounds: 40);
            using var listening = SdkPipeline.Create(1, LlmMetricsNames.Meter);
            var together = Compare(strings, rounds: 40);
            added[i] = together.Ratio(OursName, fastest).Median - alone.Ratio(OursName, fastest).Median;
        }

        Array.Sort(added);
        return added;
    }

    /// <summary>Ours against the baselines, with nothing beside but what listens already.</summary>
    private static Interleaved Compare(Strings strings, int rounds)
    {
        using var runtime = Ours.Create();
        RecordOne record = (in CallInput call) => Ours.Record(runtime, in call);
        return Interleaved.Run(rounds, [.. Baselines(strings), Side(OursName, strings, record)]);
    }

    private static IEnumerable<(string Name, Action Batch, int Calls)> Baselines(Strings strings) =>
        SdkStyles.All.Select(style => Side(Sdk + style.Name, strings, style.Record));

    private static (string Name, Action Batch, int Calls) Side(string name, Strings strings, RecordOne record)
    {
        var calls = new CallSource(strings);
        return (name, () =>
        {
            for (var i = 0; i < CallSource.Sets; i++)
            {
                record(calls.Next());
            }
        }, CallSource.Sets);
    }

    private static void Threads()
    {
        const int Calls = 64_000;
        using var sdk = SdkPipeline.Create(1);
        using var runtime = Ours.Create();
        foreach (var threads in (int[])[1, 2, 16])
        {
            using var ours = ThreadTeam.Start(
                threads, Calls, (in CallInput call) => Ours.Record(runtime, in call));
            var teams = SdkStyles.All.Select(
                style => (style.Name, Team: ThreadTeam.Start(threads, Calls, style.Record))).ToArray();
            var comparison = Interleaved.Run(
                40,
                [
                    .. teams.Select(static team => (Sdk + team.Name, (Action)team.Team.Go, Calls)),
                    (OursName, ours.Go, Calls),
                ]);
            Console.WriteLine($"{threads} threads: {comparison.Describe(OursName, comparison.Fastest(Sdk))}");
            Array.ForEach(teams, static team => team.Team.Dispose());
        }
    }

    private static async Task ScrapeAsync()
    {
        using var runtime = FilledRuntime.Create(metrics: 10, seriesOfEach: 100);
        var writer = new PrometheusWriter(targetInfo: true, scopeLabels: false, new QuietReport());
        using var page = new MemoryStream();
        MetricsSnapshot? lease = null;
        await Scrape(ExpositionFormat.Text, () => page);
        var floor = new FormattingFloor(page.ToArray());
        var comparison = Interleaved.Run(
            200,
            ("floor", () => floor.Write(), 1),
            ("text", () => Done(Scrape(ExpositionFormat.Text, static () => Stream.Null)), 1),
            ("OpenMetrics", () => Done(Scrape(ExpositionFormat.OpenMetrics, static () => Stream.Null)), 1),
            ("collection", () => (lease = runtime.LeaseSnapshot(lease)).Dispose(), 1));
        Console.WriteLine(comparison.Describe("text", "floor"));
        Console.WriteLine(comparison.Describe("OpenMetrics", "floor"));
        Console.WriteLine(comparison.Describe("collection", "floor"));

        async ValueTask Scrape(ExpositionFormat format, Func<Stream> open)
        {
            lease = runtime.LeaseSnapshot(lease);
            await writer.WriteAsync(lease, format, open, CancellationToken.None);
            lease.Dispose();
        }
    }

    /// <summary>Nothing waits here: the page goes nowhere.</summary>
    private static void Done(ValueTask task) => task.GetAwaiter().GetResult();
}
