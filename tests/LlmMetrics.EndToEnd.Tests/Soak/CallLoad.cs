using System.Collections.Concurrent;
using System.Diagnostics;

namespace LlmMetrics.EndToEnd.Tests.Soak;

/// <summary>Many callers of a provider at once, and what they saw.</summary>
internal sealed class CallLoad(HttpClient client)
{
    private const int Callers = 32;
    private const int KeptTimes = 200_000;

    private readonly ConcurrentQueue<double> _times = new();
    private long _answered;
    private long _refused;
    private long _wrong;

    public long Answered => Interlocked.Read(ref _answered);

    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Calls whose result was not what the provider sent.</summary>
    public long Wrong => Interlocked.Read(ref _wrong);

    /// <summary>Milliseconds that 99 of 100 of the last calls took at most.</summary>
    public double Percentile99()
    {
        var times = _times.Order().ToArray();
        return times[(int)(times.Length * 0.99)];
    }

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
    {
        while (!stop.IsCancellationRequested)
        {
            await CallAsync();
        }
    }));

    private async Task CallAsync()
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post, "https://api.openai.com/v1/chat/completions")
            {
                Content = new StringContent("""{"model":"gpt-4o-mini","stream":true,"messages":[]}"""),
            };
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var body = await response.Content.ReadAsByteArrayAsync();
            var isAnswer = response.IsSuccessStatusCode && body.AsSpan().SequenceEqual(CannedProvider.Body);
            Interlocked.Increment(ref isAnswer ? ref _answered : ref _refused);
            if (!isAnswer && (int)response.StatusCode != 429)
            {
                Interlocked.Increment(ref _wrong);
            }
        }
        catch (Exception)
        {
            // Nothing of this can fail by itself: whatever comes out was thrown into the app.
            Interlocked.Increment(ref _wrong);
        }

        _times.Enqueue(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        if (_times.Count > KeptTimes)
        {
            _times.TryDequeue(out var _);
        }
    }
}
