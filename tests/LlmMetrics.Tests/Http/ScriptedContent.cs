using System.Net;

namespace LlmMetrics.Tests.Http;

/// <summary>Content of unknown length over a stream, as the socket handler's is.</summary>
internal sealed class ScriptedContent(Stream stream) : HttpContent
{
    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(stream);

    protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        Task.FromResult(stream);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => stream;

    protected override Task SerializeToStreamAsync(Stream target, TransportContext? context) =>
        stream.CopyToAsync(target);

    protected override Task SerializeToStreamAsync(
        Stream target, TransportContext? context, CancellationToken cancellationToken) =>
        stream.CopyToAsync(target, cancellationToken);

    protected override void SerializeToStream(
        Stream target, TransportContext? context, CancellationToken cancellationToken) => stream.CopyTo(target);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
