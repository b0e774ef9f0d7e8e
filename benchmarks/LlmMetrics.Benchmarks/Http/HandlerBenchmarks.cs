using System.Net.Http.Headers;
using BenchmarkDotNet.Attributes;
using LlmMetrics.Benchmarks.Recording;

namespace LlmMetrics.Benchmarks.Http;

/// <summary>What the handler costs, without a network: the same answers from memory, read to the end.</summary>
public class HandlerBenchmarks
{
    private const int LargeEvents = 80_000;
    private const int SmallReads = 10_000;
    private const int LargeRead = 64 * 1024;

    private static readonly byte[] _large = Events.Stream(LargeEvents, Events.Chunk);
    private static readonly byte[] _usage = Events.Stream(LargeEvents, Events.ChunkWithUsage);
    private static readonly byte[] _small = Events.Stream(SmallReads, Events.Chunk);
    private static readonly byte[] _question = """{"model":"gpt-4o-mini","stream":true,"messages":[]}"""u8.ToArray();

    private readonly byte[] _buffer = new byte[LargeRead];
    private LlmMetricsRuntime? _runtime;
    private HttpMessageInvoker _client = null!;

    /// <summary>What is answered.</summary>
    public enum Answer
    {
        /// <summary>16 MB of events of 200 bytes without usage, in reads of 64 KiB.</summary>
        Events64KiB,

        /// <summary>The same with figures in every event (22 MB).</summary>
        EventsWithUsage64KiB,

        /// <summary>10,000 events, each in a read of its own.</summary>
        Events200B,

        /// <summary>A completion of 1.7 kB that was not streamed.</summary>
        PlainJson,

        /// <summary>16 MB of a type that is not observed.</summary>
        Unobserved,
    }

    [ParamsAllValues]
    public Answer What { get; set; }

    [GlobalSetup(Target = nameof(Unwrapped))]
    public void SetUpUnwrapped() => _client = ClientOf(Inner());

    [GlobalSetup(Target = nameof(Wrapped))]
    public void SetUpWrapped()
    {
        _runtime = Ours.Create();
        _client = ClientOf(new LlmMetricsHandler(_runtime, Inner()));
    }

    [GlobalSetup(Target = nameof(SwitchedOff))]
    public void SetUpSwitchedOff()
    {
        _runtime = Ours.Create(collect: false);
        _client = ClientOf(new LlmMetricsHandler(_runtime, Inner()));
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _client.Dispose();
        _runtime?.Dispose();
    }

    [Benchmark(Baseline = true)]
    public Task<long> Unwrapped() => ReadAsync();

    [Benchmark]
    public Task<long> Wrapped() => ReadAsync();

    [Benchmark]
    public Task<long> SwitchedOff() => ReadAsync();

    private static HttpMessageInvoker ClientOf(HttpMessageHandler handler) => new(handler);

    private async Task<long> ReadAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Events.Url);
        request.Content = new ByteArrayContent(_question);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _client.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        await using var disposing = stream.ConfigureAwait(false);
        long total = 0;
        int read;
        while ((read = await stream.ReadAsync(_buffer).ConfigureAwait(false)) > 0)
        {
            total += read;
        }

        return total;
    }

    private MemoryHandler Inner() => What switch
    {
        Answer.Events64KiB => new MemoryHandler(_large, LargeRead, "text/event-stream"),
        Answer.EventsWithUsage64KiB => new MemoryHandler(_usage, LargeRead, "text/event-stream"),
        Answer.Events200B => new MemoryHandler(_small, Events.EventBytes, "text/event-stream"),
        Answer.PlainJson => new MemoryHandler(Events.Plain, LargeRead, "application/json"),
        _ => new MemoryHandler(_large, LargeRead, "application/octet-stream"),
    };
}
