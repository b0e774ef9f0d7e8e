using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LlmMetrics;

/// <content>A runtime without a host: it brings its own container and runs what a host would run.</content>
public sealed partial class LlmMetricsRuntime
{
    private ServiceProvider? _ownServices;
    private IHostedService[] _hosted = [];

    /// <summary>
    /// Makes and starts a runtime without a host, for console apps, functions and tests. Adapters are added as with a
    /// host. Dispose it to flush.
    /// </summary>
    /// <param name="configure">Adds options, profiles and exporters.</param>
    /// <returns>The running library.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// Options are wrong; the message lists every error.
    /// </exception>
    public static LlmMetricsRuntime Create(Action<ILlmMetricsBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        var builder = services.AddLlmMetrics();
        configure?.Invoke(builder);
        var provider = services.BuildServiceProvider();
        try
        {
            provider.GetService<Microsoft.Extensions.Options.IStartupValidator>()?.Validate();
            var runtime = provider.GetRequiredService<LlmMetricsRuntime>();
            runtime._ownServices = provider;
            runtime._hosted = [.. provider.GetServices<IHostedService>()];
            Task.Run(() => StartHostedAsync(runtime._hosted)).GetAwaiter().GetResult();
            return runtime;
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

    private static async Task StartHostedAsync(IHostedService[] hosted)
    {
        foreach (var service in hosted.OfType<IHostedLifecycleService>())
        {
            await service.StartingAsync(CancellationToken.None).ConfigureAwait(false);
        }

        foreach (var service in hosted)
        {
            await service.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task StopHostedAsync()
    {
        using var deadline = new CancellationTokenSource(Options.ShutdownTimeout, Time);
        var lifecycle = _hosted.OfType<IHostedLifecycleService>()
            .Where(static service => service is not Configuration.RuntimeHostedService)
            .Reverse()
            .ToArray();
        await TryAllAsync(lifecycle.Select(static service => (Func<CancellationToken, Task>)service.StoppingAsync))
            .ConfigureAwait(false);
        await TryAllAsync(_hosted.Reverse().Select(static service => (Func<CancellationToken, Task>)service.StopAsync))
            .ConfigureAwait(false);
        await TryAllAsync(lifecycle.Select(static service => (Func<CancellationToken, Task>)service.StoppedAsync))
            .ConfigureAwait(false);

        async Task TryAllAsync(IEnumerable<Func<CancellationToken, Task>> stops)
        {
            foreach (var stop in stops)
            {
                await TryAsync(stop).ConfigureAwait(false);
            }
        }

        async Task TryAsync(Func<CancellationToken, Task> stop)
        {
            try
            {
                await stop(deadline.Token).WaitAsync(deadline.Token).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // One adapter that cannot stop must not keep the others from flushing.
                Diagnostics.Failed(Collection.LossReason.Failure, exception);
            }
        }
    }

    private async Task DisposeOwnServicesAsync()
    {
        try
        {
            if (_ownServices is { } services)
            {
                await services.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            // An exporter whose disposal throws must not throw into the app.
            Diagnostics.Failed(Collection.LossReason.Failure, exception);
        }
    }
}
