using System.Net;
using System.Net.Sockets;

namespace LlmMetrics.Testing;

/// <summary>Finds a loopback port for a program that can't be told to choose one itself.</summary>
public static class FreePort
{
    /// <summary>Returns a TCP port that was free a moment ago.</summary>
    /// <returns>The port; who else chooses one so may take it before the program does, so callers retry.</returns>
    public static int Next()
    {
        while (true)
        {
            // Below those that systems hand out by themselves, to connections and to whoever listens on port 0.
            var port = Random.Shared.Next(12_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // In use: the next one may not be.
            }
        }
    }
}
