using System.Globalization;
using System.Net.Http.Headers;
using LlmMetrics.Benchmarks.Recording;

namespace LlmMetrics.Benchmarks.Http;

/// <summary>
/// What a response costs in memory, beyond the unwrapped, by type: from memory and over loopback HTTP.
/// </summary>
internal static class HandlerAllocations
{
    private const int FromMemory = 50_000;
    private const int OverLoopback = 50_000;

    private static readonly byte[] _question = """{"model":"gpt-4o-mini","messages":[]}"""u8.ToArray();
    private static readonly byte[] _buffer = new byte[64 * 1024];

    public static async Task RunAsync()
    {
        await CompareAsync(
            "from memory", static () => new MemoryHandler(Events.Plain, _buffer.Length, "application/json"),
            new Uri(Events.Url), FromMemory);
        await LoopbackServer.WithAsync("short", async address =>
        {
            await CompareAsync("over loopback", static () => new SocketsHttpHandler(), address, OverLoopback);
        });
    }

    private static async Task CompareAsync(string name, Func<HttpMessageHandler> inner, Uri address, int rounds)
    {
        using var runtime = Ours.Create();
        using var plain = new HttpClient(inner());
        using var wrapped = new HttpClient(new LlmMetricsHandler(runtime, inner()));
        var without = await MeasureAsync(plain, address, rounds);
        var with = await MeasureAsync(wrapped, address, rounds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {with - without:F0} B per response beyond the unwrapped ({without:F0} B)"));
        var before = (await AllocationsByType.OfAsync(() => AskAsync(plain, address), rounds)).ToDictionary();
        foreach (var (type, bytes) in await AllocationsByType.OfAsync(() => AskAsync(wrapped, address), rounds))
        {
            var more = bytes - before.GetValueOrDefault(type);
            if (Math.Abs(more) >= 8)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {more,6:F0} B {type}"));
            }
        }
    }

    private static async Task<double> MeasureAsync(HttpClient client, Uri address, int rounds)
    {
        for (var i = 0; i < rounds / 10; i++)
        {
            await AskAsync(client, address);
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < rounds; i++)
        {
            await AskAsync(client, address);
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)rounds;
    }

    private static async Task AskAsync(HttpClient client, Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new ByteArrayContent(_question);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        while (await stream.ReadAsync(_buffer) > 0)
        {
        }
    }
}
