namespace LlmMetrics;

/// <summary>The price of one model, for configuration.</summary>
public sealed class ModelPriceOptions
{
    /// <summary>Provider as calls name it, such as <c>openai</c>.</summary>
    /// <value>Empty, which is refused.</value>
    public string Provider { get; set; } = "";

    /// <summary>Name of the model, in any case; a <c>*</c> at the end stands for any rest.</summary>
    /// <value>Empty, which is refused.</value>
    public string Model { get; set; } = "";

    /// <summary>What it costs.</summary>
    /// <value>No rates, which is refused: a model that costs nothing has rates of 0.</value>
    public ModelRates Rates { get; set; } = new();
}
