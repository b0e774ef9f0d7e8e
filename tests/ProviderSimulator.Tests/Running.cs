using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using OpenAI;

namespace Simulator.Tests;

/// <summary>A running simulator without delays, and clients of it.</summary>
internal sealed class Running : IAsyncDisposable
{
    private readonly List<IDisposable> _owned = [];

    private Running(ProviderSimulator simulator)
    {
        Simulator = simulator;
        Http = NewHttp(simulator.BaseAddress);
    }

    public static TimeSpan Patience => TimeSpan.FromSeconds(30);

    public ProviderSimulator Simulator { get; }

    public HttpClient Http { get; }

    public static async Task<Running> StartAsync(Action<SimulatorOptions>? configure = null)
    {
        var options = new SimulatorOptions { Speed = double.PositiveInfinity };
        configure?.Invoke(options);
        return new Running(await ProviderSimulator.StartAsync(options));
    }

    public static StringContent Chat(string model, string text, bool stream, bool usage = false)
    {
        var options = usage ? ",\"stream_options\":{\"include_usage\":true}" : string.Empty;
        var flag = stream ? "true" : "false";
        return Json($$"""
            {"model":"{{model}}","messages":[{"role":"user","content":"{{text}}"}],"stream":{{flag}}{{options}}}
            """);
    }

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public HttpClient NewHttp(Uri address)
    {
        var client = new HttpClient { BaseAddress = address };
        _owned.Add(client);
        return client;
    }

    public OpenAIClient OpenAi(int retries = 0) => new(new ApiKeyCredential("unused"), new OpenAIClientOptions
    {
        Endpoint = Simulator.BaseAddress,
        RetryPolicy = new ClientRetryPolicy(retries),
        Transport = new HttpClientPipelineTransport(Http),
    });

    public async Task<HttpResponseMessage> SendAsync(
        HttpContent body,
        string? directives = null,
        string path = "chat/completions",
        CancellationToken token = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        if (directives is not null)
        {
            request.Headers.Add("x-sim", directives);
        }

        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
    }

    public async Task<LedgerEntry> SingleEntryAsync()
    {
        var entries = await EntriesAsync();
        return Assert.Single(entries);
    }

    public async Task<IReadOnlyList<LedgerEntry>> EntriesAsync()
    {
        await Simulator.Ledger.WhenIdleAsync().WaitAsync(Patience);
        return Simulator.Ledger.Entries;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
        {
            owned.Dispose();
        }

        await Simulator.DisposeAsync();
    }
}
