namespace Samples.Tests.Running;

/// <summary>The scrape jobs as the documents call them, faster.</summary>
internal static class ScrapeConfiguration
{
    private static readonly Dictionary<string, string> _jobs = new()
    {
        ["ExpertApi"] = "expert-api",
        ["MigrationApi"] = "testboost-api",
        ["Voicebot"] = "voicebot",
        ["ContentPipeline"] = "content-pipeline",
    };

    public static string JobOf(string sample) => _jobs[sample];

    public static string Of(IReadOnlyDictionary<string, Uri> pages) =>
        """
        global:
          scrape_interval: 500ms
          scrape_timeout: 500ms
        scrape_configs:

        """ + string.Concat(pages.Select(static page => $"""
              - job_name: {JobOf(page.Key)}
                metrics_path: {page.Value.AbsolutePath}
                authorization: {"{"} credentials: {RunningSamples.ExpertToken} {"}"}
                static_configs: [ {"{"} targets: [ '{page.Value.Authority}' ] {"}"} ]

            """));
}
