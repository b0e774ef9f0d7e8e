using System.Net;
using System.Text;

namespace LlmMetrics.Tests.Http;

/// <summary>A long body that is made while it is sent: a beginning, spaces, an end.</summary>
internal sealed class PaddedContent(string first, int padding, string last) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var spaces = new byte[16 * 1024];
        spaces.AsSpan().Fill((byte)' ');
        await stream.WriteAsync(Encoding.UTF8.GetBytes(first));
        for (var left = padding; left > 0; left -= spaces.Length)
        {
            await stream.WriteAsync(spaces.AsMemory(0, Math.Min(left, spaces.Length)));
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(last));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
