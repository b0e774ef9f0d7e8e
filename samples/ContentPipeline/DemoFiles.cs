using ContentPipeline.Agents;
using LlmMetrics;

namespace ContentPipeline;

/// <summary>Files that come in: the load of the demo.</summary>
public sealed class DemoFiles(ContentWorkflow workflow, LlmMetricsRuntime metrics)
{
    private const int Batches = 6;
    private const int FilesPerBatch = 3;

    // Longer than a model can read: the provider refuses it, and trying again would not help.
    private static readonly string _archive = string.Concat(Enumerable.Repeat("The whole archive. ", 30_000));

    /// <summary>One round: a few batches, then an export without waiting for its time.</summary>
    public async Task RunAsync(int round, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(round * Batches, Batches),
            new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = cancellationToken },
            async (batch, token) => await RunBatchAsync(batch, token));

        await metrics.ExportAsync(cancellationToken);
    }

    private async Task RunBatchAsync(int batch, CancellationToken token)
    {
        try
        {
            await workflow.RunAsync(Enumerable.Range(0, FilesPerBatch).Select(number => File(batch, number)), token);
        }
        catch (Exception exception) when (exception is HttpRequestException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"Batch {batch} failed: {exception.GetType().Name}");
        }
    }

    /// <summary>The second file of a batch is always the same, so that the cache has something to answer.</summary>
    private static SourceFile File(int batch, int number) => new(
        $"{batch}-{number}.pdf",
        number switch
        {
            1 => "The house style",
            2 when batch % Batches == 2 => _archive,
            _ => $"Report {batch}-{number}",
        });
}
