using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LlmMetrics.Benchmarks.Http;

/// <summary>
/// Answers every request on loopback with a stream of 10,000 events, one write to the socket for each. Runs in a
/// process of its own, so that its time is not the client's.
/// </summary>
internal static class LoopbackServer
{
    public const int Chunks = 10_000;

    private static readonly byte[] s_head = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");

    private static readonly byte[] s_chunk =
    [
        .. Encoding.ASCII.GetBytes(Events.EventBytes.ToString("x", CultureInfo.InvariantCulture) + "\r\n"),
        .. Events.Chunk,
        .. "\r\n"u8,
    ];

    /// <summary>Tells its port on the console and serves until the console is closed.</summary>
    public static void Run()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
        _ = Task.Run(() => AcceptAsync(listener));
        _ = Console.In.ReadToEnd();
    }

    private static async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            var client = await listener.AcceptSocketAsync();
            client.NoDelay = true;
            new Thread(() => Serve(client)) { IsBackground = true }.Start();
        }
    }

    private static void Serve(Socket client)
    {
        using var closing = client;
        var request = new byte[64 * 1024];
        while (ReadRequest(client, request))
        {
            client.Send(s_head);
            for (var i = 0; i < Chunks; i++)
            {
                client.Send(s_chunk);
            }

            client.Send("e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n"u8);
        }
    }

    /// <summary>Questions are short and end with the brace of their JSON.</summary>
    private static bool ReadRequest(Socket client, byte[] buffer)
    {
        var used = 0;
        while (true)
        {
            var read = client.Receive(buffer.AsSpan(used));
            if (read == 0)
            {
                return false;
            }

            used += read;
            if (buffer[used - 1] == (byte)'}')
            {
                return true;
            }
        }
    }
}
