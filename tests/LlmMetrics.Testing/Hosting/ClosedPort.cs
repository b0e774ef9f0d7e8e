using System.Net;
using System.Net.Sockets;

namespace LlmMetrics.Testing;

/// <summary>A loopback port where nobody listens, kept from the others: connecting to it is refused.</summary>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket _bound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Initializes a new instance of the <see cref="ClosedPort"/> class.</summary>
    public ClosedPort() => _bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>Gets the address, such as <c>http://127.0.0.1:49152/</c>.</summary>
    public Uri Address => new UriBuilder("http", "127.0.0.1", ((IPEndPoint)_bound.LocalEndPoint!).Port).Uri;

    /// <inheritdoc/>
    public void Dispose() => _bound.Dispose();
}
