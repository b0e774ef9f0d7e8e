using BenchmarkDotNet.Running;
using LlmMetrics.Benchmarks;
using LlmMetrics.Benchmarks.Comparing;
using LlmMetrics.Benchmarks.Http;
using LlmMetrics.Benchmarks.Memory;
using LlmMetrics.Benchmarks.Recording;

switch (args.FirstOrDefault())
{
    case "memory":
        await MemoryPerSeries.RunAsync(args.ElementAtOrDefault(1));
        return 0;
    case "loop":
        ProfilingLoop.Run(args.ElementAtOrDefault(1) ?? "ours", seconds: 5);
        return 0;
    case "loopback":
        await LoopbackComparison.RunAsync();
        return 0;
    case "compare":
        await ComparisonRun.RunAsync(args.ElementAtOrDefault(1));
        return 0;
    case "allocations":
        await HandlerAllocations.RunAsync();
        return 0;
    case "serve":
        LoopbackServer.Run(args[1]);
        return 0;
    case "verify":
        return BaselineCheck.Run(SdkStyles.All, Console.Out) ? 0 : 1;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ShortConfig).Assembly).Run(args, new ShortConfig());
        return 0;
}
