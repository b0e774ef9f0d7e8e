using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using LlmMetrics.Benchmarks.Recording;

namespace LlmMetrics.Benchmarks.Http;

/// <summary>
/// The same streams over loopback HTTP, with and without the handler in turn: wall time and the client's processor
/// time, as medians of the ratios of neighbouring rounds.
/// </summary>
internal static class LoopbackComparison
{
    private const int WarmUpRounds = 6;

    private static readonly byte[] _question = """{"model":"gpt-4o-mini","stream":true,"messages":[]}"""u8.ToArray();
    private static readonly byte[] _buffer = new byte[64 * 1024];

    public static async Task RunAsync()
    {
        await LoopbackServer.WithAsync(
            LoopbackServer.Steps, static address => CompareAsync(address, steps: true, rounds: 60));
        await LoopbackServer.WithAsync(
            LoopbackServer.AtOnce, static address => CompareAsync(address, steps: false, rounds: 400));
    }

    private static async Task CompareAsync(Uri address, bool steps, int rounds)
    {
        using var stepping = steps ? Connect(address) : null;
        using var runtime = Ours.Create();
        using var plain = new HttpClient(new SocketsHttpHandler());
        using var wrapped = new HttpClient(new LlmMetricsHandler(runtime, new SocketsHttpHandler()));
        var walls = new List<double>();
        var processors = new List<double>();
        var reads = (Without: new List<double>(), With: new List<double>());
        var times = (Without: new List<double>(), With: new List<double>());
        for (var i = 0; i < WarmUpRounds + rounds; i++)
        {
            // In turn first and second, so that whatever drifts hits both.
            var first = await MeasureAsync(i % 2 == 0 ? plain : wrapped, address, stepping);
            var second = await MeasureAsync(i % 2 == 0 ? wrapped : plain, address, stepping);
            var (without, with) = i % 2 == 0 ? (first, second) : (second, first);
            if (i >= WarmUpRounds)
            {
                walls.Add(with.Wall / without.Wall);
                processors.Add(with.Processor / without.Processor);
                reads.Without.Add(without.Reads);
                reads.With.Add(with.Reads);
                times.Without.Add(without.Processor);
                times.With.Add(with.Processor);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{LoopbackServer.Chunks} chunks {(steps ? "in steps" : "at once")}: wall {Spread(walls)}, processor "
            + $"{Spread(processors)} of unwrapped ({rounds} rounds); {Quantile(reads.With, 0.5):F0} reads against "
            + $"{Quantile(reads.Without, 0.5):F0}; {Quantile(times.With, 0.5):F1} ms of processor against "
            + $"{Quantile(times.Without, 0.5):F1} ms"));
    }

    private static Socket Connect(Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, address.Port);
        return socket;
    }

    private static async Task<(double Wall, double Processor, int Reads)> MeasureAsync(
        HttpClient client, Uri address, Socket? stepping)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var start = TimeProvider.System.GetTimestamp();
        var reads = 0;
        var steps = 0;
        using (var request = new HttpRequestMessage(HttpMethod.Post, address))
        {
            request.Content = new ByteArrayContent(_question);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await using var stream = await response.Content.ReadAsStreamAsync();
            while (await stream.ReadAsync(_buffer) > 0)
            {
                reads++;
                if (steps++ < LoopbackServer.Chunks)
                {
                    stepping?.Send("."u8);
                }
            }
        }

        var wall = TimeProvider.System.GetElapsedTime(start);
        return (wall.TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds, reads);
    }

    private static string Spread(List<double> ratios) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Quantile(ratios, 0.5):F3} (quartiles {Quantile(ratios, 0.25):F3}, {Quantile(ratios, 0.75):F3})");

    private static double Quantile(List<double> values, double share)
    {
        values.Sort();
        return values[(int)(values.Count * share)];
    }
}
