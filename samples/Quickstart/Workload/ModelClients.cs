using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;

namespace Quickstart.Workload;

/// <summary>The two clients of the workload, both on one measured HttpClient.</summary>
public sealed class ModelClients : IDisposable
{
    /// <summary>Creates both clients.</summary>
    /// <param name="http">The measured client; its base address is the provider's.</param>
    /// <param name="apiKey">The provider's key; empty when it needs none.</param>
    public ModelClients(HttpClient http, string apiKey)
    {
        Plain = http;

        // snippet:official-client
        Official = new OpenAIClient(
            new ApiKeyCredential(apiKey.Length > 0 ? apiKey : "none"),
            new OpenAIClientOptions
            {
                Endpoint = http.BaseAddress,
                Transport = new HttpClientPipelineTransport(http),
            });
        // end-snippet
    }

    /// <summary>The official client.</summary>
    public OpenAIClient Official { get; }

    /// <summary>A plain HttpClient whose base address is the provider's.</summary>
    public HttpClient Plain { get; }

    /// <inheritdoc/>
    public void Dispose() => Plain.Dispose();
}
