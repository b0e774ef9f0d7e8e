using System.Globalization;
using System.Text;

namespace LlmMetrics.Tests.Http;

/// <summary>
/// Random damage to the fixtures. The app must get the bytes, the call must be recorded once, and nothing may be
/// thrown. <c>LLMMETRICS_FUZZ</c> sets how many are tried.
/// </summary>
public class MutationTests
{
    [Fact]
    public async Task Handler_DamagedBodies_PassAndAreRecordedOnce()
    {
        var rounds = int.TryParse(
            Environment.GetEnvironmentVariable("LLMMETRICS_FUZZ"), CultureInfo.InvariantCulture, out var set)
            ? set
            : 2000;
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        for (var seed = 0; seed < rounds; seed++)
        {
            var random = new Random(seed);
            var fixture = Fixture.All[random.Next(Fixture.All.Count)];
            var body = Damage(fixture.Bytes, random);
            using var inner = new ScriptedHandler(body, ChunkPlan.Random(seed), fixture.ContentType);
            using var invoker = new HttpMessageInvoker(new LlmMetricsHandler(runtime, inner));
            using var request = fixture.Request();
            using var response = await invoker.SendAsync(request, CancellationToken.None);
            using var target = new MemoryStream();
            await (await response.Content.ReadAsStreamAsync()).CopyToAsync(target);

            Assert.True(body.AsSpan().SequenceEqual(target.ToArray()), $"seed {seed}: other bytes");
            Assert.True(log.Calls.Count == seed + 1, $"seed {seed}: recorded {log.Calls.Count - seed} times");
            Assert.True(log.Calls.Last().InputTokens is null or >= 0, $"seed {seed}: negative");
        }

        using var snapshot = runtime.GetSnapshot();
        Assert.Equal(rounds, log.Calls.Count);
        Assert.Equal(double.NaN, snapshot.Sum("llmmetrics.dropped", ("reason", "http_response_scan")));
        Assert.Equal(double.NaN, snapshot.Sum("llmmetrics.dropped", ("reason", "http_observation")));
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
}
