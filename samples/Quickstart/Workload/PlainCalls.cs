using System.Net.Http.Json;

namespace Quickstart.Workload;

/// <summary>The same calls through a plain HttpClient, as apps without the official client make them.</summary>
public sealed class PlainCalls(HttpClient client)
{
    /// <summary>A chat whose answer comes at once.</summary>
    public async Task ChatAsync(WorkItem item, CancellationToken cancellationToken)
    {
        using var response = await client.PostAsJsonAsync(
            "chat/completions", Body(item, stream: false), cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>A streamed chat, read line by line.</summary>
    /// <returns>Whether it was left before its end.</returns>
    public async Task<bool> ChatStreamAsync(WorkItem item, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "chat/completions")
        {
            Content = JsonContent.Create(Body(item, stream: true)),
        };
        using var response = await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var chunks = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            chunks += line.Contains("\"delta\":{\"content\":", StringComparison.Ordinal) ? 1 : 0;
            if (chunks == item.LeaveAfter)
            {
                return true;
            }
        }

        return false;
    }

    private static Dictionary<string, object> Body(WorkItem item, bool stream)
    {
        var body = new Dictionary<string, object>
        {
            ["model"] = item.Model,
            ["messages"] = new[]
            {
                new { role = "system", content = item.System },
                new { role = "user", content = item.Question },
            },
            ["stream"] = stream,
        };
        if (stream && item.IncludeUsage)
        {
            body["stream_options"] = new { include_usage = true };
        }

        return body;
    }
}
