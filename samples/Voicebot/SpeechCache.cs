using System.Collections.Concurrent;
using System.Diagnostics;
using LlmMetrics;

namespace Voicebot;

/// <summary>Text to speech with a cache of phrases.</summary>
public sealed class SpeechCache(HttpClient elevenLabs, LlmMetricsRuntime metrics)
{
    private const string Model = "eleven_flash_v2_5";
    private const string Voice = "21m00Tcm4TlvDq8ikWAM";
    private const int Capacity = 1000;

    private readonly ConcurrentDictionary<string, byte[]> _spoken = new(StringComparer.Ordinal);

    /// <summary>Speaks a text.</summary>
    /// <exception cref="HttpRequestException">The provider did not answer.</exception>
    public async Task<byte[]> SpeakAsync(string text, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        if (_spoken.TryGetValue(text, out var known))
        {
            // Nothing goes over HTTP, so the app itself says that there was a call which its cache answered.
            metrics.Record(new LlmCall
            {
                Provider = "elevenlabs",
                Operation = LlmOperation.TextToSpeech,
                RequestModel = Model,
                Cache = CacheResult.Hit,
                Duration = Stopwatch.GetElapsedTime(start),
            });
            return known;
        }

        using var answer = await elevenLabs.PostAsJsonAsync(
            new Uri($"v1/text-to-speech/{Voice}", UriKind.Relative), new { text, model_id = Model }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var spoken = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        if (_spoken.Count < Capacity)
        {
            _spoken[text] = spoken;
        }

        return spoken;
    }
}
