using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LlmMetrics.Configuration;

/// <summary>
/// Starts the runtime before anything else of the host starts, and flushes when the rest has stopped.
/// </summary>
/// <remarks>
/// The runtime is asked for at the start and not injected: hosts make their services before they validate options, and
/// a runtime that fails over its own options would hide the errors of everybody else's.
/// </remarks>
internal sealed class RuntimeHostedService(IServiceProvider services) : IHostedLifecycleService
{
    private LlmMetricsRuntime? _runtime;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _runtime = services.GetRequiredService<LlmMetricsRuntime>();
        _runtime.Start();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) =>
        _runtime?.FlushAsync().AsTask() ?? Task.CompletedTask;
}
