using ContentPipeline;
using DemoKit;

return await DemoCommand.RunAsync(
    args,
    "A pipeline of agents that makes articles, posts and pictures of files, and writes its metrics to JSON files.",
    new DemoOptions { Urls = string.Empty, MetricsPort = 8000 },
    PipelineHost.RunAsync);
