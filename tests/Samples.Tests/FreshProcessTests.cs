using LlmMetrics.Testing;

namespace Samples.Tests;

/// <summary>What is known beforehand starts at 0, so that <c>rate()</c> sees the first figure too.</summary>
public sealed class FreshProcessTests
{
    private static readonly string[] _series =
    [
        """voicebot_elevenlabs_requests_total{type="cache_hit"} 0""",
        """voicebot_elevenlabs_requests_total{type="api_call"} 0""",
        "voicebot_elevenlabs_characters_total 0",
        "voicebot_deepgram_requests_total 0",
        "voicebot_deepgram_audio_seconds_total 0",
        """voicebot_groq_requests_total{model="llama-3.1-70b-versatile"} 0""",
        "voicebot_groq_tokens_input_total 0",
        "voicebot_groq_tokens_output_total 0",
        """voicebot_calls_total{problem_type="internet",status="completed"} 0""",
        """voicebot_client_sentiment_total{sentiment="negative"} 0""",
        """voicebot_tickets_created_total{severity="HIGH",tag="INTERNET_DOWN"} 0""",
    ];

    [Fact]
    public async Task Voicebot_BeforeTheFirstCall_CountsZero()
    {
        await using var process = SampleProcess.Start(
            "Voicebot", ["--urls", "http://127.0.0.1:0", "--metrics-port", "0"]);
        var page = new Uri((await process.WaitForLineAsync("metrics: ")).Split(' ')[1]);
        using var http = new HttpClient();

        var lines = (await http.GetStringAsync(page)).Split('\n');

        Assert.All(_series, series => Assert.Contains(series, lines));
    }
}
