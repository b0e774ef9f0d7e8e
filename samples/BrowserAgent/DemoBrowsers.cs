using System.Net.WebSockets;
using System.Text;

namespace BrowserAgent;

/// <summary>People who browse: the load of the demo.</summary>
public sealed class DemoBrowsers(Uri address)
{
    private const int Users = 6;
    private const int MessagesPerUser = 6;

    /// <summary>One round: every user visits pages, asks questions and keeps a bookmark.</summary>
    public Task RunAsync(int round, CancellationToken cancellationToken) => Task.WhenAll(
        Enumerable.Range(round * Users, Users).Select(user => BrowseAsync(user, cancellationToken)));

    private async Task BrowseAsync(int user, CancellationToken token)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/ws" }.Uri, token);
        var buffer = new byte[64 * 1024];
        for (var number = 0; number < MessagesPerUser; number++)
        {
            var message = number % 3 == 2
                ? $"Question {user}-{number}: what was it about?"
                : $"page:Page {user}-{number}";
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, token);
            while (!(await socket.ReceiveAsync(buffer, token)).EndOfMessage)
            {
                // The whole answer is read before the next message.
            }
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, token);
        using var http = new HttpClient { BaseAddress = address };
        using var bookmark = new StringContent($"page:Bookmark {user}");
        using var kept = await http.PostAsync(new Uri("/messages", UriKind.Relative), bookmark, token);
    }
}
