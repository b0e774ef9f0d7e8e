using LlmMetrics.Tool;

return await ToolApp.RunAsync(args, ToolConsole.ForProcess(), CancellationToken.None).ConfigureAwait(false);

/// <summary>A tool has no face for other code; left to itself, ASP.NET Core's generator would make this public.</summary>
internal sealed partial class Program;
