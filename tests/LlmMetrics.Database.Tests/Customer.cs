namespace LlmMetrics.Database.Tests;

internal sealed class Customer
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}
