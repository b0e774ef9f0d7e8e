using LlmMetrics.Tool;

return await ToolApp.RunAsync(args, ToolConsole.ForProcess(), CancellationToken.None).ConfigureAwait(false);
