using LlmMetrics.Tool;

return await ToolApp.RunAsync(args, ToolConsole.ForProcess(), CancellationToken.None).ConfigureAwait(false);

/// <summary>Not for other code; left to itself, ASP.NET Core's generator would make it public.</summary>
internal sealed partial class Program;
