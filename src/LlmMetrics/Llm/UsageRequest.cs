using System.Text.Json;

namespace LlmMetrics.Llm;

/// <summary>Writes the wish for usage figures into the body of a streamed chat request.</summary>
internal static class UsageRequest
{
    private const int MaxDepth = 256;

    /// <summary>
    /// The body with <c>stream_options.include_usage</c>; null if it is none to touch: not JSON, no stream, or one
    /// that has stream options of its own.
    /// </summary>
    public static byte[]? AddTo(ReadOnlySpan<byte> body)
    {
        var wish = ",\"stream_options\":{\"include_usage\":true}"u8;
        if (FindEnd(body) is not { } end)
        {
            return null;
        }

        var result = new byte[body.Length + wish.Length];
        body[..end].CopyTo(result);
        wish.CopyTo(result.AsSpan(end));
        body[end..].CopyTo(result.AsSpan(end + wish.Length));
        return result;
    }

    /// <summary>Where the closing bracket of the whole stands, if something is to be written before it.</summary>
    private static int? FindEnd(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            var isStream = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("stream_options"u8))
                {
                    return null;
                }

                var isStreamField = reader.ValueTextEquals("stream"u8);
                reader.Read();
                isStream = isStreamField ? reader.TokenType == JsonTokenType.True : isStream;
                reader.Skip();
            }

            var end = (int)reader.TokenStartIndex;
            return isStream && !reader.Read() ? end : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
