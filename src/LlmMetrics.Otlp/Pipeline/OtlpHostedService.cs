using Microsoft.Extensions.Hosting;

namespace LlmMetrics.Pipeline;

/// <summary>Starts the pipeline before anything else of the host starts, and ends it after all has stopped.</summary>
internal sealed class OtlpHostedService(OtlpPipeline pipeline) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        pipeline.Start();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        pipeline.Stopping();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => pipeline.StopAsync();
}
