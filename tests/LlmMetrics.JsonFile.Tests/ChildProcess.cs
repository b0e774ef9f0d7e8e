using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmMetrics;

/// <summary>What this assembly does when it is started as a program, and how tests start it.</summary>
internal static class ChildProcess
{
    public const int NotUnderstood = 64;

    /// <summary>Starts this assembly with arguments; <paramref name="prefix"/> is a command to run it under.</summary>
    public static Process Start(string[] arguments, params string[] prefix)
    {
        string[] command = [.. prefix, Environment.ProcessPath!, typeof(ChildProcess).Assembly.Location, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    public static Task<int> RunAsync(string[] args) => args switch
    {
        ["write", var folder] => WriteForeverAsync(folder),
        ["write", var folder, var count] => WriteAsync(folder, int.Parse(count, null)),
        ["full", var folder] => FillAsync(folder),
        ["repair", var folder, .. var repair] => RepairAsync(folder, repair),
        _ => Task.FromResult(NotUnderstood),
    };

    private static async Task<int> WriteForeverAsync(string folder)
    {
        using var exporter = Exporter(folder);
        using var snapshot = Large();
        await exporter.ExportAsync(snapshot, CancellationToken.None);
        Console.WriteLine("started");
        while (true)
        {
            await exporter.ExportAsync(snapshot, CancellationToken.None);
        }
    }

    private static async Task<int> WriteAsync(string folder, int count)
    {
        using var exporter = Exporter(folder);
        using var snapshot = Large();
        for (var i = 0; i < count; i++)
        {
            await exporter.ExportAsync(snapshot, CancellationToken.None);
        }

        return 0;
    }

    /// <summary>In a small file system: fills it, exports twice, makes room, exports again.</summary>
    private static async Task<int> FillAsync(string folder)
    {
        using var exporter = Exporter(folder);
        using var snapshot = Large();
        var junk = Path.Combine(folder, "junk");
        try
        {
            await File.WriteAllBytesAsync(junk, new byte[8 * 1024 * 1024]);
        }
        catch (IOException)
        {
            Console.WriteLine("full");
        }

        for (var i = 0; i < 3; i++)
        {
            try
            {
                await exporter.ExportAsync(snapshot, CancellationToken.None);
                Console.WriteLine("written");
            }
            catch (IOException)
            {
                Console.WriteLine("failed");
            }

            Console.WriteLine($"files {Directory.GetFiles(folder, "metrics-*").Length}");
            if (i == 1)
            {
                File.Delete(junk);
            }
        }

        return 0;
    }

    /// <summary>Exports twice into a folder that cannot be written, repairs it with a command, exports again.</summary>
    private static async Task<int> RepairAsync(string folder, string[] repair)
    {
        using var exporter = Exporter(folder);
        using var snapshot = Large();
        for (var i = 0; i < 3; i++)
        {
            try
            {
                await exporter.ExportAsync(snapshot, CancellationToken.None);
                Console.WriteLine("written");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Console.WriteLine("failed");
            }

            if (i == 1)
            {
                using var command = Process.Start(repair[0], repair[1..]);
                await command.WaitForExitAsync();
            }
        }

        return 0;
    }

    private static JsonFileExporter Exporter(string folder) =>
        new(new JsonFileOptions { Directory = folder, MaxFiles = 50 }, NullLogger<JsonFileExporter>.Instance);

    private static MetricsSnapshot Large()
    {
        var snapshots = new Snapshots();
        var counter = snapshots.Add("c", MetricKind.Counter);
        for (var i = 0; i < 2_000; i++)
        {
            counter.Value(Snapshots.Tags(("id", i))).Add(i);
        }

        return snapshots.Build();
    }
}
