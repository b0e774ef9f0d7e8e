using System.Text;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Http;

/// <summary>
/// Random bodies, and random damage to the fixtures. The app must get the bytes, the call must be recorded once, and
/// nothing may be thrown.
/// </summary>
[Collection(RunsAlone.Name)]
public class MutationTests
{
    private const int BatchSize = 2_000;

    // A single body is a few kilobytes: whatever takes longer, on a busy machine too, hangs.
    private static readonly TimeSpan _hang = TimeSpan.FromSeconds(10);

    [Fact]
    public Task Handler_DamagedBodies_PassAndAreRecordedOnce() => FuzzAsync(2);

    [LongFact]
    public Task Handler_MillionDamagedBodies_PassAndAreRecordedOnce() => FuzzAsync(500);

    private static async Task FuzzAsync(int batches) => await Parallel.ForAsync(
        0, batches, async (batch, _) => await FuzzAsync(batch * BatchSize, BatchSize));

    private static async Task FuzzAsync(int firstSeed, int rounds)
    {
        var log = new LastCall();
        using var runtime = TestRuntime.Create(log);
        for (var seed = firstSeed; seed < firstSeed + rounds; seed++)
        {
            var random = new Random(seed);
            var fixture = Fixture.All[random.Next(Fixture.All.Count)];
            var body = random.Next(8) == 0 ? Noise(random) : Damage(fixture.Bytes, random);
            var start = Environment.TickCount64;
            using var inner = new ScriptedHandler(body, ChunkPlan.Random(seed), fixture.ContentType);
            using var invoker = new HttpMessageInvoker(new LlmMetricsHandler(runtime, inner));
            using var request = fixture.Request();
            using var response = await invoker.SendAsync(request, CancellationToken.None);
            using var target = new MemoryStream();
            await (await response.Content.ReadAsStreamAsync()).CopyToAsync(target);

            Assert.True(body.AsSpan().SequenceEqual(target.ToArray()), $"seed {seed}: other bytes");
            Assert.True(log.Count == seed - firstSeed + 1, $"seed {seed}: recorded {log.Count - seed} times");
            Assert.True(log.Call.InputTokens is null or >= 0, $"seed {seed}: negative");
            Assert.True(Environment.TickCount64 - start < _hang.TotalMilliseconds, $"seed {seed}: hangs");
        }

        using var snapshot = runtime.GetSnapshot();
        Assert.Equal(rounds, log.Count);
        Assert.Equal(double.NaN, snapshot.Sum("llmmetrics.dropped", ("reason", "http_response_scan")));
        Assert.Equal(double.NaN, snapshot.Sum("llmmetrics.dropped", ("reason", "http_observation")));
    }

    private static byte[] Noise(Random random)
    {
        var body = new byte[random.Next(1, 4096)];
        random.NextBytes(body);
        return body;
    }

    private static byte[] Damage(byte[] body, Random random)
    {
        var damaged = body.ToList();
        for (var i = random.Next(1, 6); i > 0 && damaged.Count > 1; i--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(6))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged.RemoveRange(at, Math.Min(random.Next(1, 40), damaged.Count - at));
                    break;
                case 2:
                    damaged.InsertRange(at, damaged.GetRange(0, Math.Min(damaged.Count, random.Next(1, 200))));
                    break;
                case 3:
                    damaged.Insert(at, "{}[]\",:\\\n\r"u8[random.Next(10)]);
                    break;
                case 4:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
                default:
                    damaged.InsertRange(at, Encoding.UTF8.GetBytes("\n\ndata: {\"usage\":{\"prompt_tokens\":-1}}\n\n"));
                    break;
            }
        }

        return [.. damaged];
    }

    private sealed class LastCall : ILlmCallObserver
    {
        public int Count { get; private set; }

        public LlmCall Call { get; private set; }

        public void OnCall(in LlmCall llmCall) => (Count, Call) = (Count + 1, llmCall);
    }
}
