namespace LlmMetrics.Testing.Tests.Face;

public enum Color
{
    Red,
    Blue = 5,
}
