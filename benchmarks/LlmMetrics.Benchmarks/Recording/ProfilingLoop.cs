using System.Globalization;

namespace LlmMetrics.Benchmarks.Recording;

/// <summary>Records calls for some seconds: something for a profiler to look at, and a first rough figure.</summary>
internal static class ProfilingLoop
{
    private const int Calls = 64 * 1024;

    public static void Run(string side, int seconds)
    {
        using var runtime = Ours.Create();
        using var sdk = SdkPipeline.Create(1);
        RecordOne record = side switch
        {
            "taglists" => SdkTagLists.Record,
            "spans" => SdkSpans.Record,
            _ => (in CallInput call) => Ours.Record(runtime, in call),
        };
        var calls = new CallSource(Strings.Copies);
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var best = double.MaxValue;
        while (time.GetElapsedTime(start) < TimeSpan.FromSeconds(seconds))
        {
            var before = time.GetTimestamp();
            for (var i = 0; i < Calls; i++)
            {
                record(calls.Next());
            }

            best = Math.Min(best, time.GetElapsedTime(before).TotalNanoseconds / Calls);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{side}: {best:F1} ns per call at best"));
    }
}
