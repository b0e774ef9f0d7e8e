using System.Net.Sockets;

namespace LlmMetrics.Testing.Tests;

public sealed class ClosedPortTests
{
    [Fact]
    public async Task Address_WhileKept_RefusesConnections()
    {
        using var closed = new ClosedPort();
        using var client = new TcpClient();

        var refused = await Assert.ThrowsAsync<SocketException>(
            () => client.ConnectAsync(closed.Address.Host, closed.Address.Port));

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }
}
