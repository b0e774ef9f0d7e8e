using System.Net;
using System.Net.Sockets;

namespace LlmMetrics.Testing;

/// <summary>Finds a loopback port for a program that can't be told to choose one itself.</summary>
public static class FreePort
{
    /// <summary>Returns a TCP port that was free a moment ago.</summary>
    /// <returns>The port; someone else may take it before the program does, so callers retry.</returns>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
