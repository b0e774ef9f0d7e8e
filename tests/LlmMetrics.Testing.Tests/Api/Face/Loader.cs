namespace LlmMetrics.Testing.Tests.Face;

public delegate string? Loader(int number);
