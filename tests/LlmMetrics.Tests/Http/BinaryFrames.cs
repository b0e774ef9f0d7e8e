using System.Buffers.Binary;
using System.Text;

namespace LlmMetrics.Tests.Http;

/// <summary>
/// Writes <c>application/vnd.amazon.eventstream</c>: length, length of headers, headers, payload, and checksums of
/// zero, which nothing here looks at.
/// </summary>
internal static class BinaryFrames
{
    /// <summary>
    /// A frame for each line: <c>event TYPE JSON</c>, <c>exception TYPE JSON</c> or <c>chunk JSON</c>.
    /// </summary>
    public static byte[] Of(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(FrameOf)];

    public static byte[] Chunk(string json) => Frame(
        "chunk", $$"""{"bytes":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(json))}}","p":"abc"}""");

    public static byte[] Frame(string type, string payload, string header = ":event-type")
    {
        var headers = Concat(Header(header, type), Header(":content-type", "application/json"));
        var body = Encoding.UTF8.GetBytes(payload);
        var total = 16 + headers.Length + body.Length;
        return Concat(Number(total), Number(headers.Length), Number(0), headers, body, Number(0));
    }

    public static byte[] Concat(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    private static byte[] FrameOf(string line)
    {
        var parts = line.Split(' ', 3);
        return parts[0] switch
        {
            "chunk" => Chunk(line[6..]),
            "event" => Frame(parts[1], parts[2]),
            _ => Frame(parts[1], parts[2], ":exception-type"),
        };
    }

    private static byte[] Header(string name, string value) =>
    [
        (byte)name.Length, .. Encoding.ASCII.GetBytes(name),
        7, 0, (byte)value.Length, .. Encoding.ASCII.GetBytes(value),
    ];

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
