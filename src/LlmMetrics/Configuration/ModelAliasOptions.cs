namespace LlmMetrics;

/// <summary>A name of your own for a model, for configuration.</summary>
/// <remarks>The names are values and not keys, because a Bedrock ARN is full of colons.</remarks>
public sealed class ModelAliasOptions
{
    /// <summary>Provider as calls name it, such as <c>azure.ai.openai</c> or <c>aws.bedrock</c>.</summary>
    /// <value>Empty, which is refused.</value>
    public string Provider { get; set; } = "";

    /// <summary>
    /// The name in calls: a deployment, or the ARN of a profile. A <c>*</c> at the end stands for any rest.
    /// </summary>
    /// <value>Empty, which is refused.</value>
    public string Alias { get; set; } = "";

    /// <summary>The model whose price it has.</summary>
    /// <value>Empty, which is refused.</value>
    public string Model { get; set; } = "";
}
