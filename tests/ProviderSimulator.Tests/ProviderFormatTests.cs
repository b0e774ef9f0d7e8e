using System.Net;
using System.Text.Json;

namespace Simulator.Tests;

/// <summary>What is particular to each provider's format.</summary>
public sealed class ProviderFormatTests
{
    [Fact]
    public async Task Handle_GroqStream_TellsUsageUnasked()
    {
        await using var running = await Running.StartAsync(static o => o.Provider = SimulatedProvider.Groq);
        using var response = await running.SendAsync(
            Running.Chat("llama-3.1-70b-versatile", "Hi", stream: true),
            path: new Uri(running.Simulator.Root, "openai/v1/chat/completions").ToString());

        var text = await response.Content.ReadAsStringAsync();
        var entry = await running.SingleEntryAsync();
        using var last = JsonDocument.Parse(text.Split("data: ")[^2]);
        var usage = last.RootElement.GetProperty("x_groq").GetProperty("usage");
        Assert.Equal(entry.OutputTokens, usage.GetProperty("completion_tokens").GetInt64());
        Assert.True(usage.GetProperty("total_time").GetDouble() > 0);
        Assert.Equal("llama-3.1-70b-versatile", entry.ServedModel);
        Assert.True(response.Headers.Contains("x-groq-region"));
        Assert.True(response.Headers.Contains("x-ratelimit-remaining-requests"));
    }

    [Fact]
    public async Task Handle_GaianetChat_IsBare()
    {
        await using var running = await Running.StartAsync(static o => o.Provider = SimulatedProvider.Gaianet);
        using var response = await running.SendAsync(Running.Chat("llama", "Hi", stream: false));

        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var usage = body.RootElement.GetProperty("usage").EnumerateObject().Select(static p => p.Name);
        Assert.Equal(["prompt_tokens", "completion_tokens", "total_tokens"], usage);
        Assert.False(body.RootElement.TryGetProperty("service_tier", out _));
        Assert.False(response.Headers.Contains("x-ratelimit-remaining-requests"));
    }

    [Fact]
    public async Task Handle_ElevenLabsSpeech_ChargesCharacters()
    {
        await using var running = await Running.StartAsync(static o => o.Provider = SimulatedProvider.ElevenLabs);
        using var response = await running.SendAsync(
            Running.Json("{\"text\":\"Allô, 🎉\",\"model_id\":\"eleven_flash_v2_5\"}"), path: "text-to-speech/voice1");

        var entry = await running.SingleEntryAsync();
        Assert.Equal("audio/mpeg", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("7", Assert.Single(response.Headers.GetValues("character-cost")));
        Assert.Equal(entry.Id, Assert.Single(response.Headers.GetValues("request-id")));
        Assert.Equal(("speech", 7, "eleven_flash_v2_5"), (entry.Operation, entry.Characters, entry.RequestedModel));
        Assert.Null(entry.InputTokens);
    }

    [Fact]
    public async Task Handle_OpenAiSpeech_ChargesCharacters()
    {
        await using var running = await Running.StartAsync();
        using var response = await running.SendAsync(
            Running.Json("{\"input\":\"Hello\",\"model\":\"tts-1\",\"voice\":\"alloy\"}"), path: "audio/speech");

        var entry = await running.SingleEntryAsync();
        Assert.Equal((HttpStatusCode.OK, 5L), (response.StatusCode, entry.Characters));
    }

    [Fact]
    public async Task Handle_DeepgramListen_TellsDurationAndChannels()
    {
        await using var running = await Running.StartAsync(static o => o.Provider = SimulatedProvider.Deepgram);
        using var audio = new ByteArrayContent(Wav(seconds: 3, channels: 2));
        using var response = await running.SendAsync(audio, path: "listen?model=nova-2&language=fr");

        var entry = await running.SingleEntryAsync();
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var metadata = body.RootElement.GetProperty("metadata");
        Assert.Equal(3, metadata.GetProperty("duration").GetDouble());
        Assert.Equal(2, metadata.GetProperty("channels").GetInt32());
        Assert.Equal(("listen", 6, "nova-2"), (entry.Operation, entry.AudioSeconds, entry.RequestedModel));
    }

    [Theory]
    [InlineData(SimulatedProvider.ElevenLabs, "text-to-speech/voice1", "detail")]
    [InlineData(SimulatedProvider.Deepgram, "listen", "err_code")]
    [InlineData(SimulatedProvider.Groq, "chat/completions", "error")]
    public async Task Handle_RateLimited_ErrorHasTheProvidersShape(
        SimulatedProvider provider, string path, string member)
    {
        await using var running = await Running.StartAsync(o => o.Provider = provider);
        using HttpContent body = provider == SimulatedProvider.Deepgram
            ? new ByteArrayContent(Wav(seconds: 1, channels: 1))
            : Running.Json("{\"model\":\"m\",\"text\":\"Hi\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        using var response = await running.SendAsync(body, "status=429", path);

        var entry = await running.SingleEntryAsync();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.True(json.RootElement.TryGetProperty(member, out _));
        Assert.Equal("rate_limit_exceeded", entry.ErrorType);
        Assert.True(entry.RateLimited);
        Assert.Equal((null, null), (entry.Characters, entry.AudioSeconds));
    }

    [Fact]
    public async Task Handle_AudioThatIsNone_IsRejected()
    {
        await using var running = await Running.StartAsync(static o => o.Provider = SimulatedProvider.Deepgram);
        using var audio = new ByteArrayContent(new byte[100]);
        using var response = await running.SendAsync(audio, path: "listen");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Handle_PromptBeyondTheContext_IsRejectedForGood()
    {
        await using var running = await Running.StartAsync(static o => o.ContextTokens = 100);
        using var response = await running.SendAsync(
            Running.Chat("gpt-4o", new string('x', 500), stream: true));

        var entry = await running.SingleEntryAsync();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("context_length_exceeded", entry.ErrorType);
        Assert.Equal(LedgerOutcome.Rejected, entry.Outcome);
    }

    [Fact]
    public async Task Handle_LedgerPage_TellsTotalsAndIsNoRequest()
    {
        await using var running = await Running.StartAsync();
        using var chat = await running.SendAsync(Running.Chat("gpt-4o", "Hi", stream: false));
        var entry = await running.SingleEntryAsync();

        using var page = JsonDocument.Parse(
            await running.Http.GetStringAsync(new Uri(running.Simulator.Root, "_ledger")));
        var total = Assert.Single(page.RootElement.GetProperty("totals").EnumerateArray());
        Assert.Equal(entry.InputTokens, total.GetProperty("inputTokens").GetInt64());
        Assert.Equal("chat", total.GetProperty("operation").GetString());
        Assert.Equal(1, running.Simulator.Ledger.Begun);
    }

    private static byte[] Wav(int seconds, short channels)
    {
        const int rate = 8000;
        var bytes = new byte[44 + (seconds * rate * channels)];
        "RIFF"u8.CopyTo(bytes);
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        "data"u8.CopyTo(bytes.AsSpan(36));
        BitConverter.TryWriteBytes(bytes.AsSpan(22), channels);
        BitConverter.TryWriteBytes(bytes.AsSpan(28), rate * channels);
        return bytes;
    }
}
