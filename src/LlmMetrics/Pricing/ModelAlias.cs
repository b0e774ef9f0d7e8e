namespace LlmMetrics.Pricing;

/// <summary>A name of one's own for a model: an Azure deployment, a Bedrock profile.</summary>
/// <param name="Provider">Provider as calls name it.</param>
/// <param name="Alias">The name in calls; a <c>*</c> at the end stands for any rest.</param>
/// <param name="Model">The model whose price it has.</param>
/// <param name="Place">Where it was written, for complaints.</param>
internal sealed record ModelAlias(string Provider, string Alias, string Model, string Place)
{
    public ModelEntry ToEntry() => new(ModelRule.For(Alias), Price: null) { Alias = this };
}
