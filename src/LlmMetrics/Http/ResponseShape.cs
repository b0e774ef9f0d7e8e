using System.Net;
using System.Net.Http.Headers;

namespace LlmMetrics.Http;

/// <summary>What the headers of an answer tell about its body, read without changing them.</summary>
/// <param name="IsEmpty">Whether there is no body.</param>
/// <param name="IsText">Whether the body may be JSON or events.</param>
/// <param name="Length">Length of the body as sent, if told.</param>
/// <param name="Encoding">Encoding of the body; null if it is plain.</param>
internal readonly record struct ResponseShape(bool IsEmpty, bool IsText, long? Length, string? Encoding)
{
    private static readonly string[] _textTypes =
    [
        "text/event-stream", "text/plain", "application/vnd.amazon.eventstream",
    ];

    public static ResponseShape Of(HttpResponseMessage response)
    {
        var content = response.Content;

        // Asked first, as it also is what a content without such a header computes: the copied headers then tell it.
        var length = content.Headers.ContentLength;
        var isEmpty = length == 0
            || response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified
            || response.StatusCode == HttpStatusCode.SwitchingProtocols
            || response.RequestMessage?.Method == HttpMethod.Head;
        if (isEmpty)
        {
            return new ResponseShape(true, false, length, null);
        }

        var headers = content.Headers.NonValidated;
        var encoding = First(headers, "Content-Encoding");
        var isPlain = string.IsNullOrWhiteSpace(encoding)
            || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);
        return new ResponseShape(false, IsReadable(First(headers, "Content-Type")), length, isPlain ? null : encoding);
    }

    private static string? First(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.ToString() : null;

    private static bool IsReadable(string? type)
    {
        if (string.IsNullOrEmpty(type) || type.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (var text in _textTypes)
        {
            if (type.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
