using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using LlmMetrics.Benchmarks.Recording;

namespace LlmMetrics.Benchmarks.Http;

/// <summary>
/// The same streams over loopback HTTP, with and without the handler in turn: wall time and the client's processor
/// time, as medians of the ratios of neighbouring rounds.
/// </summary>
internal static class LoopbackComparison
{
    private const int Rounds = 40;
    private const int WarmUpRounds = 8;

    private static readonly byte[] s_question = """{"model":"gpt-4o-mini","stream":true,"messages":[]}"""u8.ToArray();
    private static readonly byte[] s_buffer = new byte[64 * 1024];

    public static async Task RunAsync()
    {
        var assembly = typeof(LoopbackServer).Assembly.Location;
        using var server = Process.Start(new ProcessStartInfo("dotnet", [assembly, "serve"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var port = await server.StandardOutput.ReadLineAsync();
            await CompareAsync(new Uri($"http://127.0.0.1:{port}/v1/chat/completions"));
        }
        finally
        {
            server.StandardInput.Close();
            await server.WaitForExitAsync();
        }
    }

    private static async Task CompareAsync(Uri url)
    {
        using var runtime = Ours.Create();
        using var plain = new HttpClient(new SocketsHttpHandler());
        using var wrapped = new HttpClient(new LlmMetricsHandler(runtime, new SocketsHttpHandler()));
        var walls = new List<double>();
        var processors = new List<double>();
        for (var i = 0; i < WarmUpRounds + Rounds; i++)
        {
            // In turn first and second, so that whatever drifts hits both.
            var first = await MeasureAsync(i % 2 == 0 ? plain : wrapped, url);
            var second = await MeasureAsync(i % 2 == 0 ? wrapped : plain, url);
            var (without, with) = i % 2 == 0 ? (first, second) : (second, first);
            if (i >= WarmUpRounds)
            {
                walls.Add(with.Wall / without.Wall);
                processors.Add(with.Processor / without.Processor);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{LoopbackServer.Chunks} chunks over loopback: wall {Median(walls):F3}, processor {Median(processors):F3} "
            + $"of unwrapped (medians of {Rounds} rounds)"));
    }

    private static async Task<(double Wall, double Processor)> MeasureAsync(HttpClient client, Uri url)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var start = TimeProvider.System.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(s_question) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        while (await stream.ReadAsync(s_buffer) > 0)
        {
        }

        var wall = TimeProvider.System.GetElapsedTime(start);
        return (wall.TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
