using System.IO.Compression;
using System.Text.Json;

namespace LlmMetrics.Tool.Inspect;

/// <summary>
/// What the beginning of a recorded answer tells about its shape: the names at the top of its first documents. It only
/// chooses who reads the answer; no figure is taken from here.
/// </summary>
internal sealed class AnswerPeek
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxDocuments = 16;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private int _documents;

    private AnswerPeek()
    {
    }

    /// <summary>Encoding that the first bytes or the headers give away, for the handler's decoder.</summary>
    public string? Encoding { get; private set; }

    public bool IsEmpty { get; private set; }

    public bool IsBinary { get; private set; }

    /// <summary>Whether it is a stream of Amazon's binary event frames.</summary>
    public bool IsFrames { get; private set; }

    /// <summary>Whether the frames wrap what a model answers, as InvokeModel does.</summary>
    public bool IsChunkFrames { get; private set; }

    public bool IsStream { get; private set; }

    /// <summary>Whether it is one array of documents.</summary>
    public bool IsArray { get; private set; }

    public string? Object { get; private set; }

    public string? Model { get; private set; }

    public bool HasDocuments => _documents > 0;

    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!_names.Contains(name))
            {
                return false;
            }
        }

        return true;
    }

    public bool HasType(string beginning) =>
        _types.Any(type => type.StartsWith(beginning, StringComparison.Ordinal));

    public static AnswerPeek Of(Stream file, string? encoding)
    {
        var raw = ReadSome(file);
        var peek = new AnswerPeek { IsEmpty = raw.Length == 0 };
        var isGzip = raw is [0x1f, 0x8b, ..];
        peek.Encoding = isGzip ? "gzip"
            : string.Equals(encoding, "br", StringComparison.OrdinalIgnoreCase) && !LooksPlain(raw) ? "br"
            : null;
        peek.Read(peek.Encoding is null ? raw : Decode(raw, isGzip));
        return peek;
    }

    private static bool LooksPlain(ReadOnlySpan<byte> bytes) =>
        bytes.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'{' or (byte)'[' or (byte)'d' or (byte)'e' or (byte)':', ..];

    private static byte[] ReadSome(Stream stream)
    {
        var buffer = new byte[MaxBytes];
        return buffer[..stream.ReadAtLeast(buffer, MaxBytes, throwOnEndOfStream: false)];
    }

    private static byte[] Decode(byte[] raw, bool isGzip)
    {
        using var source = new MemoryStream(raw);
        using Stream decoding = isGzip
            ? new GZipStream(source, CompressionMode.Decompress)
            : new BrotliStream(source, CompressionMode.Decompress);
        var buffer = new byte[MaxBytes];
        var length = 0;
        try
        {
            while (length < MaxBytes && decoding.Read(buffer, length, MaxBytes - length) is var read and > 0)
            {
                length += read;
            }
        }
        catch (InvalidDataException)
        {
            // Cut off or broken: what came before is enough to tell the shape.
        }

        return buffer[..length];
    }

    private void Read(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimStart(" \t\r\n\uFEFF"u8);
        switch (bytes)
        {
            case []:
                break;
            case [0, ..]:
                IsFrames = bytes.IndexOf(":event-type"u8) >= 0 || bytes.IndexOf(":exception-type"u8) >= 0;
                IsBinary = !IsFrames;
                IsStream = IsFrames;
                IsChunkFrames = bytes.IndexOf("\u0005chunk"u8) >= 0;
                break;
            case [(byte)'[', ..]:
                IsStream = IsArray = true;
                Document(bytes[1..]);
                break;
            case [(byte)'{', ..]:
                Document(bytes);
                break;
            default:
                Events(bytes);
                break;
        }
    }

    private void Events(ReadOnlySpan<byte> bytes)
    {
        IsBinary = bytes.IndexOf((byte)0) >= 0;
        while (!IsBinary && !bytes.IsEmpty && _documents < MaxDocuments)
        {
            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (line.StartsWith("data:"u8))
            {
                IsStream = true;
                Document(line[5..]);
            }
        }
    }

    /// <summary>Takes the names at the top, as far as the document goes.</summary>
    private void Document(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return;
            }

            _documents++;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                _names.Add(name);
                if (!reader.Read())
                {
                    return;
                }

                if (reader.TokenType == JsonTokenType.String)
                {
                    Note(name, reader.GetString()!);
                }
                else if (name is "message" or "response")
                {
                    if (!NoteModel(ref reader))
                    {
                        return;
                    }
                }
                else if (!reader.TrySkip())
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Broken from here on; the names before still tell the shape.
        }
    }

    /// <summary>Events that begin an answer name its model one level down. False if the bytes end.</summary>
    private bool NoteModel(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return reader.TrySkip();
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return true;
            }

            var isModel = reader.ValueTextEquals("model"u8);
            if (!reader.Read())
            {
                return false;
            }

            if (isModel && reader.TokenType == JsonTokenType.String)
            {
                Note("model", reader.GetString()!);
            }
            else if (!reader.TrySkip())
            {
                return false;
            }
        }

        return false;
    }

    private void Note(string name, string value)
    {
        switch (name)
        {
            case "type":
                _types.Add(value);
                break;
            case "object":
                Object ??= value;
                break;
            case "model" or "modelVersion" when value.Length > 0:
                Model ??= value;
                break;
        }
    }
}
