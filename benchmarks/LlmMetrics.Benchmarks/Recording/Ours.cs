namespace LlmMetrics.Benchmarks.Recording;

/// <summary>This library's side: one fact, with Prometheus, JSON files and an exporter of one's own added.</summary>
internal static class Ours
{
    public static LlmMetricsRuntime Create(bool collect = true) => LlmMetricsRuntime.Create(builder =>
    {
        builder.Services.AddLlmMetrics(options =>
        {
            options.Collect = collect;
            options.Meters.Clear();
        });
        builder.AddPrometheus()
            .AddJsonFile(static options => options.Directory = Path.Combine(Path.GetTempPath(), "llm-metrics-bench"))
            .AddExporter(static (_, _) => ValueTask.CompletedTask);
    });

    public static void Record(LlmMetricsRuntime runtime, in CallInput call)
    {
        if (!runtime.IsEnabled(FactKind.LlmCall))
        {
            return;
        }

        runtime.Record(new LlmCall
        {
            Provider = call.Provider,
            Operation = call.Operation,
            RequestModel = call.RequestModel,
            ResponseModel = call.ResponseModel,
            ServerAddress = call.Server,
            ServerPort = 443,
            Feature = call.Feature,
            Agent = call.Agent,
            Tenant = call.Tenant,
            StatusCode = 200,
            Attempts = 1,
            InputTokens = call.InputTokens,
            CachedInputTokens = call.CachedTokens,
            OutputTokens = call.OutputTokens,
            Duration = call.Duration,
        });
    }
}
