using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LlmMetrics.Benchmarks.Http;

/// <summary>
/// Answers every request on loopback. Runs in a process of its own, so that its time is not the client's.
/// </summary>
/// <remarks>
/// Streams are 10,000 events. In steps, the client says that it has read an event before the next is sent, on a
/// connection of its own: so every event comes in a read of its own, on both sides of a comparison, as it does from a
/// model that takes its time. At once, one write to the socket for each follows the other, and how many meet in a read
/// depends on the machine.
/// </remarks>
internal static class LoopbackServer
{
    public const string Steps = "steps";
    public const string AtOnce = "at-once";
    public const string Short = "short";
    public const int Chunks = 10_000;

    private static readonly byte[] _head = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");

    private static readonly byte[] _short =
    [
        .. Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Events.Plain.Length}\r\n\r\n")),
        .. Events.Plain,
    ];

    private static readonly byte[] _chunk =
    [
        .. Encoding.ASCII.GetBytes(Events.EventBytes.ToString("x", CultureInfo.InvariantCulture) + "\r\n"),
        .. Events.Chunk(0),
        .. "\r\n"u8,
    ];

    /// <summary>Starts a server of its own process, and ends it.</summary>
    public static async Task WithAsync(string kind, Func<Uri, Task> use)
    {
        var assembly = typeof(LoopbackServer).Assembly.Location;
        using var server = Process.Start(new ProcessStartInfo("dotnet", [assembly, "serve", kind])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var port = await server.StandardOutput.ReadLineAsync();
            await use(new Uri($"http://127.0.0.1:{port}/v1/chat/completions"));
        }
        finally
        {
            server.StandardInput.Close();
            await server.WaitForExitAsync();
        }
    }

    /// <summary>Tells its port on the console and serves until the console is closed.</summary>
    public static void Run(string kind)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
        new Thread(() => Accept(listener, kind)) { IsBackground = true }.Start();
        _ = Console.In.ReadToEnd();
    }

    private static void Accept(TcpListener listener, string kind)
    {
        // The first connection says when to go on.
        var steps = kind == Steps ? listener.AcceptSocket() : null;
        while (true)
        {
            var client = listener.AcceptSocket();
            client.NoDelay = true;
            new Thread(() => Serve(client, steps, kind == Short)) { IsBackground = true }.Start();
        }
    }

    private static void Serve(Socket client, Socket? steps, bool isShort)
    {
        using var closing = client;
        var request = new byte[64 * 1024];
        while (ReadRequest(client, request))
        {
            if (isShort)
            {
                client.Send(_short);
                continue;
            }

            client.Send(_head);
            for (var i = 0; i < Chunks; i++)
            {
                client.Send(_chunk);
                steps?.Receive(request.AsSpan(0, 1));
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
