using LlmMetrics.Llm;

namespace LlmMetrics.Tests.Llm;

public class LlmEndpointsTests
{
    [Theory]
    [InlineData("https://api.openai.com/v1/chat/completions", "openai", "chat")]
    [InlineData("https://eu.api.openai.com/v1/responses", "openai", "chat")]
    [InlineData("https://api.openai.com/v1/completions", "openai", "text_completion")]
    [InlineData("https://api.openai.com/v1/embeddings/", "openai", "embeddings")]
    [InlineData("https://a.openai.azure.com/openai/deployments/d/completions", "azure.ai.openai", "text_completion")]
    [InlineData("https://a.services.ai.azure.com/models/chat/completions", "azure.ai.inference", "chat")]
    [InlineData("https://api.groq.com/openai/v1/chat/completions", "groq", "chat")]
    [InlineData("https://openrouter.ai/api/v1/chat/completions", "openrouter", "chat")]
    [InlineData("https://api.moonshot.cn/v1/chat/completions", "moonshot_ai", "chat")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/openai/chat/completions", "gcp.gemini", "chat")]
    [InlineData("https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1/chat/completions", "aws.bedrock", "chat")]
    [InlineData("https://bedrock-mantle.us-west-2.api.aws/v1/responses", "aws.bedrock", "chat")]
    [InlineData("https://bedrock-runtime-fips.us-east-1.amazonaws.com/model/m/converse", "aws.bedrock", "chat")]
    [InlineData("https://a.openai.azure.us/openai/v1/chat/completions", "azure.ai.openai", "chat")]
    [InlineData("http://localhost:11434/v1/chat/completions", "ollama", "chat")]
    [InlineData("http://localhost:8000/v1/embeddings", "openai_compatible", "embeddings")]
    [InlineData("http://127.0.0.1:5000/v1/responses", "openai_compatible", "chat")]
    [InlineData("http://gateway/llm/Chat/Completions", "openai_compatible", "chat")]
    [InlineData("http://gateway/openai/deployments/d/embeddings", "openai_compatible", "embeddings")]
    [InlineData("https://api.anthropic.com/v1/messages", "anthropic", "chat")]
    [InlineData("https://us-central1-aiplatform.googleapis.com/v1/models/m:generateContent", "gcp.vertex_ai", "chat")]
    [InlineData("http://proxy/v1beta/models/gemini:streamGenerateContent?alt=sse", "gcp.gemini", "chat")]
    [InlineData("http://ollama:11434/api/generate", "ollama", "text_completion")]
    [InlineData("http://ollama:11434/api/embeddings", "ollama", "embeddings")]
    [InlineData("https://api.cohere.com/v2/chat", "cohere", "chat")]
    [InlineData("https://api.elevenlabs.io/v1/text-to-speech/v", "elevenlabs", "text_to_speech")]
    [InlineData("https://api.deepgram.com/v1/listen", "deepgram", "speech_to_text")]
    [InlineData("https://bedrock-runtime.eu-west-1.amazonaws.com/model/m/invoke", "aws.bedrock", "chat")]
    [InlineData("https://llm.acme.com/responses", "acme", "chat")]
    [InlineData("https://gpu7.acme.net/v1/chat/completions", "acme-gpu", "chat")]
    [InlineData("http://localhost:9000/v1/chat/completions", "lab", "chat")]
    public void TryMatch_ModelCall_TellsProviderAndOperation(string url, string provider, string operation)
    {
        using var request = Request(HttpMethod.Post, url);

        Assert.True(Endpoints().TryMatch(request, out var endpoint));
        Assert.Equal(provider, endpoint.Provider);
        Assert.Equal(operation, endpoint.Operation);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/models")]
    [InlineData("https://api.openai.com/v1/responses/resp_1/cancel")]
    [InlineData("https://api.openai.com/v1/moderations")]
    [InlineData("https://api.openai.com/v1/threads/t/messages")]
    [InlineData("https://api.anthropic.com/v1/messages/count_tokens")]
    [InlineData("https://api.anthropic.com/v1/messages/batches")]
    [InlineData("https://shop.example.com/v1/messages")]
    [InlineData("https://shop.example.com/api/chat")]
    [InlineData("https://shop.example.com/v2/chat")]
    [InlineData("https://shop.example.com/model/x/invoke")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/m:countTokens")]
    [InlineData("https://api.openai.com/v1/listen")]
    [InlineData("https://shop.example.com/survey/responses")]
    [InlineData("https://shop.example.com/search?next=/v1/chat/completions")]
    [InlineData("https://shop.example.com/my-completions")]
    [InlineData("https://shop.example.com")]
    public void TryMatch_AnythingElse_IsNone(string url)
    {
        using var request = Request(HttpMethod.Post, url);

        Assert.False(Endpoints().TryMatch(request, out _));
    }

    [Fact]
    public void TryMatch_OtherMethodOrNoContent_IsNone()
    {
        using var get = Request(HttpMethod.Get, "https://api.openai.com/v1/chat/completions");
        using var empty = new HttpRequestMessage(HttpMethod.Post, "https://api.openai.com/v1/chat/completions");
        using var relative = Request(HttpMethod.Post, "v1/chat/completions");

        Assert.False(Endpoints().TryMatch(get, out _));
        Assert.False(Endpoints().TryMatch(empty, out _));
        Assert.False(Endpoints().TryMatch(relative, out _));
    }

    [Fact]
    public void TryMatch_AnythingElse_AllocatesNothing()
    {
        var endpoints = Endpoints();
        using var request = Request(HttpMethod.Post, "https://shop.example.com/orders?id=1");
        endpoints.TryMatch(request, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            endpoints.TryMatch(request, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static HttpRequestMessage Request(HttpMethod method, string url) =>
        new(method, new Uri(url, UriKind.RelativeOrAbsolute)) { Content = new ByteArrayContent([]) };

    private static LlmEndpoints Endpoints() => new(new ProviderHosts(new Dictionary<string, string>
    {
        ["llm.acme.com"] = "acme",
        ["*.acme.net"] = "acme-gpu",
        ["localhost:9000"] = "lab",
    }));
}
