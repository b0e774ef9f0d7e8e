using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using OpenAI;

namespace Quickstart.Workload;

/// <summary>The two clients of the workload, both on one handler pipeline.</summary>
public sealed class ModelClients : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Creates both clients.</summary>
    /// <param name="address">Base address of the provider, ending in a slash.</param>
    /// <param name="apiKey">Its key; empty when it needs none.</param>
    /// <param name="simulated">Whether the provider is the simulator.</param>
    /// <param name="instrument">Puts the measuring handler before the given one.</param>
    public ModelClients(
        Uri address, string apiKey, bool simulated, Func<HttpMessageHandler, HttpMessageHandler> instrument)
    {
        // A stream that is left midway is closed at once instead of being read on in the background.
        var pipeline = instrument(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero });
        _http = new HttpClient(simulated ? new SimulatorDirective { InnerHandler = pipeline } : pipeline)
        {
            BaseAddress = address,
        };
        Plain = _http;
        if (apiKey.Length > 0)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        }

        Official = new OpenAIClient(
            new ApiKeyCredential(apiKey.Length > 0 ? apiKey : "none"),
            new OpenAIClientOptions { Endpoint = address, Transport = new HttpClientPipelineTransport(_http) });
    }

    /// <summary>The official client.</summary>
    public OpenAIClient Official { get; }

    /// <summary>A plain HttpClient whose base address is the provider's.</summary>
    public HttpClient Plain { get; }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
