using LlmMetrics.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmMetrics.Health;

/// <summary>Counts errors that the app logs.</summary>
[ProviderAlias("LlmMetrics")]
internal sealed class ErrorLogProvider : ILoggerProvider, IRuntimeListener
{
    private LlmMetricsRuntime? _runtime;

    /// <summary>
    /// The runtime, once it is made: it needs a logger, so a provider that asked for it would wait for itself.
    /// </summary>
    public LlmMetricsRuntime? Runtime => Volatile.Read(ref _runtime);

    public void OnCreated(LlmMetricsRuntime runtime) => Volatile.Write(ref _runtime, runtime);

    public ILogger CreateLogger(string categoryName) => IsOwn(categoryName)
        ? NullLogger.Instance
        : new ErrorLogger(categoryName, this);

    public void Dispose() => Volatile.Write(ref _runtime, null);

    /// <summary>What this library logs about itself is no error of the app's.</summary>
    private static bool IsOwn(string category) =>
        category.StartsWith(LlmMetricsNames.Meter, StringComparison.Ordinal)
        && (category.Length == LlmMetricsNames.Meter.Length || category[LlmMetricsNames.Meter.Length] == '.');
}
