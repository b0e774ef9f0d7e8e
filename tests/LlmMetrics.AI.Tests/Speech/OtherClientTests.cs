using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Tests.Speech;

/// <summary>Embeddings, speech and images.</summary>
public sealed class OtherClientTests : IDisposable
{
    private readonly Harness _harness = new();

    [Fact]
    public async Task GenerateAsync_Embeddings_RecordsTheInput()
    {
        using var generator = new FakeGenerator(9).WithLlmMetrics(_harness.Metrics);

        await generator.GenerateAsync(["x"], new EmbeddingGenerationOptions { ModelId = "other" });

        var call = _harness.Single;
        Assert.Equal((LlmOperation.Embeddings, "acme", "other", "embed-1"), (
            call.Operation, call.Provider, call.RequestModel, call.ResponseModel));
        Assert.Equal((9, null), (call.InputTokens, call.OutputTokens));
        Assert.Equal(9, call.ServerPort);
    }

    [Fact]
    public async Task GetTextAsync_Speech_RecordsTheTokens()
    {
        using var client = Listening();

        await client.GetTextAsync(Stream.Null);

        Assert.Equal((LlmOperation.SpeechToText, "listen", 12), (
            _harness.Single.Operation, _harness.Single.RequestModel, _harness.Single.InputTokens));
    }

    [Theory]
    [InlineData(1, LlmOutcome.Cancelled)]
    [InlineData(2, LlmOutcome.Ok)]
    [InlineData(9, LlmOutcome.Ok)]
    public async Task GetStreamingTextAsync_Left_IsCompleteOnceTheSessionIsClosed(int count, LlmOutcome outcome)
    {
        using var client = Listening();

        await foreach (var update in client.GetStreamingTextAsync(Stream.Null))
        {
            if (--count == 0)
            {
                break;
            }
        }

        Assert.Equal(outcome, _harness.Single.Outcome);
        Assert.True(_harness.Single.IsStreaming);
        Assert.NotNull(_harness.Single.TimeToFirstChunk);
    }

    [Fact]
    public async Task GetAudioAsync_Speech_CountsCharactersAndMissesNoTokens()
    {
        using var client = Speaking();

        await client.GetAudioAsync("Grüße 😀");

        Assert.Equal((LlmOperation.TextToSpeech, 7), (_harness.Single.Operation, _harness.Single.Characters));
        Assert.Equal(UsageMissingReason.None, _harness.Single.UsageMissing);
        Assert.Equal(7, _harness.Sum("llm.voice.characters"));
    }

    [Fact]
    public async Task GetStreamingAudioAsync_Speech_CountsCharactersAndChunks()
    {
        using var client = Speaking();

        await foreach (var update in client.GetStreamingAudioAsync("abc"))
        {
            Assert.NotNull(update);
        }

        Assert.Equal((3, LlmOutcome.Ok), (_harness.Single.Characters, _harness.Single.Outcome));
        Assert.NotNull(_harness.Single.TimeToFirstChunk);
    }

    [Fact]
    public async Task GenerateAsync_Images_CountsThem()
    {
        using var generator = new Images().WithLlmMetrics(_harness.Metrics);

        await generator.GenerateImagesAsync("a cat");

        Assert.Equal((LlmOperation.Image, 2, 5), (
            _harness.Single.Operation, _harness.Single.Images, _harness.Single.InputTokens));
    }

    public void Dispose() => _harness.Dispose();

    private ISpeechToTextClient Listening() => ((ISpeechToTextClient)new Speech()).WithLlmMetrics(_harness.Metrics);

    private ITextToSpeechClient Speaking() => ((ITextToSpeechClient)new Speech()).WithLlmMetrics(_harness.Metrics);

    private sealed class Speech : ISpeechToTextClient, ITextToSpeechClient
    {
        public Task<SpeechToTextResponse> GetTextAsync(
            Stream audioSpeechStream,
            SpeechToTextOptions? options = null,
            CancellationToken cancellationToken = default) =>
            Task.FromResult(new SpeechToTextResponse("hello") { Usage = new UsageDetails { InputTokenCount = 12 } });

        public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
            Stream audioSpeechStream,
            SpeechToTextOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new SpeechToTextResponseUpdate("hello");
            yield return new SpeechToTextResponseUpdate([]) { Kind = SpeechToTextResponseUpdateKind.SessionClose };
            yield return new SpeechToTextResponseUpdate([]);
        }

        public Task<TextToSpeechResponse> GetAudioAsync(
            string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
            => Task.FromResult(new TextToSpeechResponse());

        public async IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
            string text,
            TextToSpeechOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new TextToSpeechResponseUpdate([new DataContent(new byte[8], "audio/wav")]);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(SpeechToTextClientMetadata) ? new SpeechToTextClientMetadata("acme", null, "listen")
            : serviceType == typeof(TextToSpeechClientMetadata) ? new TextToSpeechClientMetadata("acme", null, "speak")
            : null;

        public void Dispose()
        {
            // Holds nothing.
        }
    }

    private sealed class Images : IImageGenerator
    {
        public Task<ImageGenerationResponse> GenerateAsync(
            ImageGenerationRequest request,
            ImageGenerationOptions? options = null,
            CancellationToken cancellationToken = default) =>
            Task.FromResult(new ImageGenerationResponse(
            [
                new DataContent(new byte[1], "image/png"),
                new UriContent("https://x.test/cat", "image/png"),
                new TextContent("no image"),
            ])
            {
                Usage = new UsageDetails { InputTokenCount = 5 },
            });

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
