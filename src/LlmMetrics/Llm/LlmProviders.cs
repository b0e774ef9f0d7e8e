namespace LlmMetrics.Llm;

/// <summary>
/// Names of providers: those of <c>gen_ai.provider.name</c> in the GenAI conventions 1.41, and this library's own for
/// whom they do not name.
/// </summary>
internal static class LlmProviders
{
    public const string Anthropic = "anthropic";
    public const string AwsBedrock = "aws.bedrock";
    public const string AzureInference = "azure.ai.inference";
    public const string AzureOpenAi = "azure.ai.openai";
    public const string Cohere = "cohere";
    public const string DeepSeek = "deepseek";
    public const string Gemini = "gcp.gemini";
    public const string VertexAi = "gcp.vertex_ai";
    public const string Groq = "groq";
    public const string Watsonx = "ibm.watsonx.ai";
    public const string Mistral = "mistral_ai";
    public const string OpenAi = "openai";
    public const string Perplexity = "perplexity";
    public const string XAi = "x_ai";
    public const string Moonshot = "moonshot_ai";
    public const string Deepgram = "deepgram";
    public const string ElevenLabs = "elevenlabs";
    public const string Cerebras = "cerebras";
    public const string Fireworks = "fireworks";
    public const string Gaianet = "gaianet";
    public const string Ollama = "ollama";
    public const string OpenRouter = "openrouter";
    public const string Together = "together";
    public const string Voyage = "voyage";

    /// <summary>An unknown host that speaks the OpenAI shape. "openai" would claim that OpenAI answered.</summary>
    public const string OpenAiCompatible = "openai_compatible";

    /// <summary>An unknown host that speaks Anthropic's shape.</summary>
    public const string AnthropicCompatible = "anthropic_compatible";
}
