using System.Net.Sockets;
using System.Text;

namespace LlmMetrics.Receiver;

/// <summary>
/// A receiver that answers one request and does not stop. On a bare socket, because Kestrel takes writes to a closed
/// connection without complaint.
/// </summary>
internal static class EndlessResponse
{
    /// <summary>Answers, and gives the number of bytes that the system took before the client closed.</summary>
    public static async Task<long> SendAsync(TcpListener listener, string status, long upTo)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var buffer = new byte[64 * 1024];
        _ = await stream.ReadAsync(buffer);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/x-protobuf\r\n"
            + "Content-Length: 1099511627776\r\n\r\n"));
        long sent = 0;
        try
        {
            while (sent < upTo)
            {
                await stream.WriteAsync(buffer);
                sent += buffer.Length;
            }
        }
        catch (IOException)
        {
            // Closed by the client.
        }

        return sent;
    }
}
