using System.Collections.Concurrent;
using LlmMetrics;

namespace ContentPipeline.Agents;

/// <summary>Sums up a file. A file that it has seen comes from its cache, which the run is told.</summary>
public sealed class PdfAnalyzer(LlmMetricsRuntime metrics, PipelineModel model)
{
    private readonly ConcurrentDictionary<string, string> _summaries = new(StringComparer.Ordinal);

    /// <summary>Sums it up.</summary>
    public async Task<string> AnalyzeAsync(SourceFile file, CancellationToken cancellationToken)
    {
        using var run = metrics.StartAgent("pdf_analyzer");
        try
        {
            var known = _summaries.TryGetValue(file.Text, out var summary);
            run.Cache(known);
            if (!known)
            {
                summary = await model.AskAsync("gpt-4o-mini", $"Sum up: {file.Text}", cancellationToken);
                _summaries[file.Text] = summary;
            }

            return summary!;
        }
        catch (Exception exception)
        {
            // A run that an exception leaves is a success unless it is told.
            run.Fail(exception);
            throw;
        }
    }
}
