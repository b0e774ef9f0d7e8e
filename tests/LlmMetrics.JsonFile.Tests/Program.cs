using LlmMetrics;

return await ChildProcess.RunAsync(args);
