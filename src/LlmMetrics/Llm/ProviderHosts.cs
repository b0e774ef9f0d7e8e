using System.Globalization;

namespace LlmMetrics.Llm;

/// <summary>
/// Who answers at which host. A pattern is a host, a host with its port, <c>*.suffix</c>, <c>prefix.*</c> or
/// <c>*:port</c>; the app's own patterns go first.
/// </summary>
internal sealed class ProviderHosts
{
    private const string AnyHost = "*";

    private static readonly (string Pattern, string Provider)[] _known =
    [
        ("api.openai.com", LlmProviders.OpenAi),
        ("*.api.openai.com", LlmProviders.OpenAi),
        ("*.openai.azure.com", LlmProviders.AzureOpenAi),
        ("*.openai.azure.us", LlmProviders.AzureOpenAi),
        ("*.openai.azure.cn", LlmProviders.AzureOpenAi),
        ("*.cognitiveservices.azure.com", LlmProviders.AzureOpenAi),
        ("*.azure-api.net", LlmProviders.AzureOpenAi),
        ("*.services.ai.azure.com", LlmProviders.AzureInference),
        ("*.models.ai.azure.com", LlmProviders.AzureInference),
        ("api.anthropic.com", LlmProviders.Anthropic),
        ("generativelanguage.googleapis.com", LlmProviders.Gemini),
        ("aiplatform.googleapis.com", LlmProviders.VertexAi),
        ("*-aiplatform.googleapis.com", LlmProviders.VertexAi),
        ("bedrock-runtime.*", LlmProviders.AwsBedrock),
        ("bedrock-runtime-fips.*", LlmProviders.AwsBedrock),
        ("bedrock-mantle.*", LlmProviders.AwsBedrock),
        ("api.groq.com", LlmProviders.Groq),
        ("api.mistral.ai", LlmProviders.Mistral),
        ("api.deepseek.com", LlmProviders.DeepSeek),
        ("api.cohere.ai", LlmProviders.Cohere),
        ("api.cohere.com", LlmProviders.Cohere),
        ("openrouter.ai", LlmProviders.OpenRouter),
        ("api.x.ai", LlmProviders.XAi),
        ("*.api.x.ai", LlmProviders.XAi),
        ("api.perplexity.ai", LlmProviders.Perplexity),
        ("api.together.xyz", LlmProviders.Together),
        ("api.together.ai", LlmProviders.Together),
        ("api.fireworks.ai", LlmProviders.Fireworks),
        ("api.cerebras.ai", LlmProviders.Cerebras),
        ("api.moonshot.*", LlmProviders.Moonshot),
        ("api.voyageai.com", LlmProviders.Voyage),
        ("api.elevenlabs.io", LlmProviders.ElevenLabs),
        ("*.elevenlabs.io", LlmProviders.ElevenLabs),
        ("api.deepgram.com", LlmProviders.Deepgram),
        ("*.deepgram.com", LlmProviders.Deepgram),
        ("*.ml.cloud.ibm.com", LlmProviders.Watsonx),
        ("*.gaianet.network", LlmProviders.Gaianet),
        ("*.gaia.domains", LlmProviders.Gaianet),
        ("ollama.com", LlmProviders.Ollama),
        ("*:11434", LlmProviders.Ollama),
    ];

    private readonly Dictionary<string, string> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Host, int Port, string Provider)> _ports = [];
    private readonly List<(string Part, bool IsSuffix, string Provider)> _parts = [];

    public ProviderHosts(IEnumerable<KeyValuePair<string, string>> own)
        : this(own, _known)
    {
    }

    public ProviderHosts(
        IEnumerable<KeyValuePair<string, string>> own, ReadOnlySpan<(string Pattern, string Provider)> known)
    {
        foreach (var (pattern, provider) in own)
        {
            Add(pattern, provider);
        }

        foreach (var (pattern, provider) in known)
        {
            Add(pattern, provider);
        }
    }

    public string? Find(Uri uri)
    {
        var host = uri.Host;
        foreach (var (name, port, here) in _ports)
        {
            if (port == uri.Port && (name == AnyHost || name.Equals(host, StringComparison.OrdinalIgnoreCase)))
            {
                return here;
            }
        }

        if (_exact.TryGetValue(host, out var provider))
        {
            return provider;
        }

        foreach (var (part, isSuffix, name) in _parts)
        {
            var matches = isSuffix
                ? host.EndsWith(part, StringComparison.OrdinalIgnoreCase)
                : host.StartsWith(part, StringComparison.OrdinalIgnoreCase);
            if (matches)
            {
                return name;
            }
        }

        return null;
    }

    private void Add(string pattern, string provider)
    {
        if (pattern.StartsWith('*') && !pattern.StartsWith("*:", StringComparison.Ordinal))
        {
            _parts.Add((pattern[1..], true, provider));
        }
        else if (pattern.EndsWith('*'))
        {
            _parts.Add((pattern[..^1], false, provider));
        }
        else
        {
            AddExact(pattern, provider);
        }
    }

    private void AddExact(string pattern, string provider)
    {
        var colon = pattern.LastIndexOf(':');
        if (colon > pattern.LastIndexOf(']')
            && int.TryParse(
                pattern.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            _ports.Add((pattern[..colon], port, provider));
        }
        else
        {
            _exact.TryAdd(pattern, provider);
        }
    }
}
