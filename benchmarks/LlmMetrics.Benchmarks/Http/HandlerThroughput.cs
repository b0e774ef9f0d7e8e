using System.Globalization;
using System.Net.Http.Headers;
using LlmMetrics.Benchmarks.Recording;

namespace LlmMetrics.Benchmarks.Http;

/// <summary>
/// A gigabyte of events through the handler from memory, in reads of 64 KiB on one thread: how fast, and how much
/// memory it takes.
/// </summary>
internal static class HandlerThroughput
{
    private const int Rounds = 61;
    private const int WarmUpRounds = 40;
    private const int BodyBytes = 64 << 20;
    private const int ReadSize = 64 * 1024;

    private static readonly byte[] _question = """{"model":"gpt-4o-mini","stream":true,"messages":[]}"""u8.ToArray();
    private static readonly byte[] _buffer = new byte[ReadSize];

    public static async Task RunAsync()
    {
        await MeasureAsync("events without usage", Events.Chunk, "text/event-stream", ReadSize);
        await MeasureAsync("usage in every event", Events.ChunkWithUsage, "text/event-stream", ReadSize);
        await MeasureAsync("an event in each read", Events.Chunk, "text/event-stream", Events.EventBytes);
        await MeasureAsync("not observed", Events.Chunk, "application/octet-stream", ReadSize);
    }

    private static async Task MeasureAsync(string name, Func<int, byte[]> chunk, string type, int readSize)
    {
        var events = BodyBytes / chunk(0).Length;
        var body = Events.Stream(events, chunk);
        using var runtime = Ours.Create();
        using var plain = new HttpMessageInvoker(new MemoryHandler(body, readSize, type));
        using var wrapped = new HttpMessageInvoker(
            new LlmMetricsHandler(runtime, new MemoryHandler(body, readSize, type)));
        var ratios = new List<double>();
        var speeds = new List<double>();
        var more = new List<double>();
        var bytes = new List<double>();
        for (var i = 0; i < WarmUpRounds; i++)
        {
            // The compiler sets to work in the background once things are quiet for a tenth of a second.
            await ReadAsync(plain);
            await ReadAsync(wrapped);
            await Task.Delay(i % 8 == 0 ? 150 : 0);
        }

        for (var i = 0; i < Rounds; i++)
        {
            var start = GC.GetTotalAllocatedBytes(precise: true);
            var without = await ReadAsync(plain);
            var middle = GC.GetTotalAllocatedBytes(precise: true);
            var with = await ReadAsync(wrapped);
            var end = GC.GetTotalAllocatedBytes(precise: true);
            ratios.Add(with / without);
            more.Add((with - without) * 1e6 / events);
            speeds.Add(body.Length / with / 1e6);
            bytes.Add(end - middle - (middle - start));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {Median(speeds):F2} GB/s (best {speeds.Max():F2}), {Median(ratios):F3} of the time of a "
            + $"plain copy, {Median(more):F0} ns more per event; {Median(bytes):F0} B more for a response of "
            + $"{body.Length >> 20} MB and {events} events"));
    }

    /// <summary>Milliseconds that it takes.</summary>
    private static async Task<double> ReadAsync(HttpMessageInvoker client)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, Events.Url);
        request.Content = new ByteArrayContent(_question);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.SendAsync(request, CancellationToken.None);
        await using var stream = await response.Content.ReadAsStreamAsync();
        while (await stream.ReadAsync(_buffer) > 0)
        {
        }

        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
