using System.Net.Sockets;

namespace LlmMetrics.Testing.Tests;

public sealed class ClosedPortTests
{
    [Fact]
    public async Task Address_WhileKept_RefusesConnectionsAndOtherListeners()
    {
        using var closed = new ClosedPort();
        using var client = new TcpClient();

        var refused = await Assert.ThrowsAsync<SocketException>(
            () => client.ConnectAsync(closed.Address.Host, closed.Address.Port));

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        await Assert.ThrowsAsync<IOException>(
            () => LoopbackServer.StartAsync(static _ => { }, port: closed.Address.Port));
    }
}
