using Microsoft.Extensions.Hosting;

namespace DemoKit;

/// <summary>Drives a sample: rounds of load with a pause after each, in which every figure stands still.</summary>
public static class DemoLoad
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the rounds, then waits for the end of the host unless the options say to end it.</summary>
    /// <param name="host">The host, which has started.</param>
    /// <param name="options">How many rounds, and whether to end.</param>
    /// <param name="round">One round: it fills every metric.</param>
    public static async Task RunAsync(IHost host, DemoOptions options, Func<int, CancellationToken, Task> round)
    {
        var lifetime = (IHostApplicationLifetime)host.Services.GetService(typeof(IHostApplicationLifetime))!;
        if (options.Demo)
        {
            await RunRoundsAsync(options, round, lifetime.ApplicationStopping);
        }

        if (options.Exit)
        {
            await host.StopAsync();
        }
        else
        {
            await host.WaitForShutdownAsync();
        }
    }

    private static async Task RunRoundsAsync(
        DemoOptions options, Func<int, CancellationToken, Task> round, CancellationToken stopping)
    {
        try
        {
            for (var number = 0; number < (options.Rounds ?? int.MaxValue); number++)
            {
                await round(number, stopping);
                if (number == 0)
                {
                    Console.WriteLine("demo: every metric has figures");
                }

                await Task.Delay(_pause, stopping);
            }

            Console.WriteLine("demo: done");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Console.WriteLine("demo: interrupted");
        }
    }
}
