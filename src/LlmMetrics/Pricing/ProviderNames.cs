using System.Collections.Frozen;

namespace LlmMetrics.Pricing;

/// <summary>
/// Names of providers in the GenAI conventions 1.41 and in common clients, and the ids that prices are filed under.
/// Ids stand for themselves. There is no rule by similarity: what speaks a provider's protocol is not billed by it.
/// </summary>
internal static class ProviderNames
{
    public const string Azure = "azure";
    public const string Aws = "aws";
    public const string Google = "google";
    public const string OpenAI = "openai";
    public const string Anthropic = "anthropic";
    public const string OpenRouter = "openrouter";

    public static readonly FrozenDictionary<string, string> Aliases =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["azure.ai.openai"] = Azure,
            ["azure.ai.inference"] = Azure,
            ["az.ai.openai"] = Azure,
            ["az.ai.inference"] = Azure,
            ["azure_openai"] = Azure,
            ["aws.bedrock"] = Aws,
            ["bedrock"] = Aws,
            ["gcp.gemini"] = Google,
            ["gcp.vertex_ai"] = Google,
            ["gcp.gen_ai"] = Google,
            ["gemini"] = Google,
            ["vertex_ai"] = Google,
            ["x_ai"] = "x-ai",
            ["xai"] = "x-ai",
            ["mistral_ai"] = "mistral",
            ["mistralai"] = "mistral",
            ["moonshot_ai"] = "moonshotai",
            ["moonshot"] = "moonshotai",
            ["together_ai"] = "together",
            ["together-ai"] = "together",
            ["fireworks_ai"] = "fireworks",
            ["voyage_ai"] = "voyageai",
            ["voyage"] = "voyageai",
            ["eleven_labs"] = "elevenlabs",
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string Resolve(string provider) => Aliases.GetValueOrDefault(provider, provider);
}
