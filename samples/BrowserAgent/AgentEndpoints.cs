using System.Net.WebSockets;
using System.Text;

namespace BrowserAgent;

/// <summary>How the extension reaches the agent.</summary>
public static class AgentEndpoints
{
    private const int MaxMessage = 64 * 1024;

    /// <summary>Maps them.</summary>
    public static void MapAgent(this WebApplication app)
    {
        app.UseWebSockets();
        app.Map("/ws", ListenAsync);
        app.MapPost("/messages", async (HttpRequest request, SofiaAgent agent, CancellationToken token) =>
        {
            using var reader = new StreamReader(request.Body);
            return await agent.AnswerAsync(await reader.ReadToEndAsync(token), token);
        });
    }

    private static async Task<IResult> ListenAsync(
        HttpContext http, SofiaAgent agent, IHostApplicationLifetime lifetime)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            return Results.BadRequest();
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            while (await ReceiveAsync(socket, ending.Token) is { } message)
            {
                var answer = await agent.AnswerAsync(message, ending.Token);
                await socket.SendAsync(
                    Encoding.UTF8.GetBytes(answer), WebSocketMessageType.Text, endOfMessage: true, ending.Token);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, ending.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The browser has gone, or the agent ends.
        }

        return Results.Empty;
    }

    private static async Task<string?> ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxMessage];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }

            if (length == buffer.Length)
            {
                await socket.CloseAsync(WebSocketCloseStatus.MessageTooBig, null, cancellationToken);
                return null;
            }
        }
    }
}
