using Microsoft.Extensions.Hosting;

namespace LlmMetrics.Configuration;

/// <summary>Starts the runtime before anything else of the host starts, and flushes when the rest has stopped.</summary>
internal sealed class RuntimeHostedService(LlmMetricsRuntime runtime) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        runtime.Start();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => runtime.FlushAsync().AsTask();
}
