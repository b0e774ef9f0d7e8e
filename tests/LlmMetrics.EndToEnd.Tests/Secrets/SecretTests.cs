namespace LlmMetrics.EndToEnd.Tests.Secrets;

/// <summary>
/// Secrets in keys, headers, URLs, prompts, answers, exceptions, SQL, connection strings and settings: none comes out
/// of any adapter or of the log.
/// </summary>
[Collection(nameof(AloneInProcess))]
public sealed class SecretTests
{
    [Fact]
    public async Task Outputs_SecretsPlantedEverywhere_HaveNone()
    {
        await using var app = await PlantedApp.StartAsync();
        await app.RunAsync();

        var outputs = await app.OutputsAsync();

        Assert.True(app.Planted.Count >= 20, $"only {app.Planted.Count} secrets were planted");
        Assert.Empty(
            from output in outputs
            from secret in app.Planted
            where output.Value.Contains(secret, StringComparison.OrdinalIgnoreCase)
            select $"{secret} is in {output.Key}");

        // What is no secret is there: the search has looked at what it should look at.
        foreach (var output in outputs.Where(static output => output.Key != "log"))
        {
            foreach (var visible in new[] { "visible-model", "visible-agent" })
            {
                Assert.True(
                    output.Value.Contains(visible, StringComparison.Ordinal), $"{visible} is not in {output.Key}");
            }
        }

        Assert.Contains("visible_table", outputs["text page"], StringComparison.Ordinal);
        Assert.Contains("LlmMetrics", outputs["log"], StringComparison.Ordinal);
    }
}
