using System.Diagnostics;
using System.Globalization;

namespace LlmMetrics.Tests.Budgets;

/// <summary>Another process that spends from the same budget: this assembly, started as a program.</summary>
internal static class BudgetProcess
{
    public const double Step = 0.25;

    /// <summary>Starts a process that makes so many calls, or calls until it is killed.</summary>
    public static Process Start(string file, int? calls)
    {
        string[] arguments =
        [
            typeof(BudgetProcess).Assembly.Location, file,
            (calls ?? int.MaxValue).ToString(CultureInfo.InvariantCulture),
        ];
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    public static int Run(string[] args)
    {
        if (args is not [var file, var calls] || !int.TryParse(calls, CultureInfo.InvariantCulture, out var count))
        {
            return 64;
        }

        using var runtime = Create(file);
        Console.WriteLine("started");
        for (var i = 0; i < count; i++)
        {
            runtime.Record(new LlmCall { RequestModel = "m", CostUsd = Step });
        }

        return 0;
    }

    /// <summary>Many thresholds, so that the file is written often.</summary>
    public static LlmMetricsRuntime Create(string file) => RuntimeBuilder.Create(
        options => options.BudgetStateFile = file,
        static builder => builder.AddBudget("daily", 1000, static budget =>
        {
            for (var share = 0.00025; budget.Thresholds.Count < 16; share *= 2)
            {
                budget.Thresholds.Add(share);
            }
        }));
}
