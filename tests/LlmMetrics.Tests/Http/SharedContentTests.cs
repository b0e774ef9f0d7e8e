using System.Net;
using System.Net.Http.Headers;

namespace LlmMetrics.Tests.Http;

/// <summary>An answer's content that others have used before the app does, or that is disposed of in between.</summary>
public class SharedContentTests
{
    private static readonly Fixture _fixture = Fixture.Get("openai-chat");

    [Fact]
    public async Task ReadAsStreamAsync_HandlerBeneathHasReadAndRewound_GivesTheBody()
    {
        using var scenario = new Scenario(new Rewinding());
        using var response = await scenario.SendAsync();
        using var body = new MemoryStream();

        await (await response.Content.ReadAsStreamAsync()).CopyToAsync(body);

        Assert.Equal(_fixture.Bytes, body.ToArray());
        Assert.Equal(LlmOutcome.Ok, scenario.Log.Single.Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dispose_OfTheResponseAndTheStream_DisposesAsOftenAsWithoutTheHandler(bool isStreamLate)
    {
        using var runtime = TestRuntime.Create(new CallLog());

        var expected = await DisposalsAsync(static inner => inner, isStreamLate);

        Assert.NotEqual(0, expected);
        Assert.Equal(
            expected, await DisposalsAsync(inner => new LlmMetricsHandler(runtime, inner), isStreamLate));
    }

    private static async Task<int> DisposalsAsync(Func<HttpMessageHandler, HttpMessageHandler> wrap, bool isStreamLate)
    {
        var gate = new TaskCompletionSource();
        using var content = new SlowContent(gate.Task);
        using var client = new HttpMessageInvoker(wrap(new Answering(content)));
        using var request = Scenario.Request();
        var response = await client.SendAsync(request, CancellationToken.None);
        var reading = response.Content.ReadAsStreamAsync();
        if (!isStreamLate)
        {
            gate.SetResult();
            await reading;
        }

        response.Dispose();
        gate.TrySetResult();
        (await reading).Dispose();
        return content.Stream.Disposals;
    }

    /// <summary>Logs bodies, say: reads the answer and sets it back to its start.</summary>
    private sealed class Rewinding : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            var content = new StreamContent(new MemoryStream(_fixture.Bytes));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var stream = await content.ReadAsStreamAsync(cancellationToken);
            await stream.CopyToAsync(Stream.Null, cancellationToken);
            stream.Seek(0, SeekOrigin.Begin);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request };
        }
    }

    private sealed class Answering(HttpContent content) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
    }

    /// <summary>Gives its stream when the gate opens, and disposes of it if it has given it.</summary>
    private sealed class SlowContent(Task gate) : HttpContent
    {
        public CountedStream Stream { get; } = new();

        protected override async Task<Stream> CreateContentReadStreamAsync()
        {
            await gate;
            return Stream;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class CountedStream : MemoryStream
    {
        public int Disposals { get; private set; }

        protected override void Dispose(bool disposing)
        {
            Disposals++;
            base.Dispose(disposing);
        }
    }
}
