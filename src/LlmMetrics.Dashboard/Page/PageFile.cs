using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace LlmMetrics.Page;

/// <summary>A file of the page, as embedded in the assembly, plain and compressed.</summary>
internal sealed class PageFile
{
    private PageFile(string contentType, byte[] plain)
    {
        ContentType = contentType;
        Plain = plain;
        Compressed = Compress(plain);
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8))}\"";
    }

    public string ContentType { get; }

    public string ETag { get; }

    public byte[] Plain { get; }

    public byte[] Compressed { get; }

    /// <summary>Reads all files, by their names.</summary>
    public static FrozenDictionary<string, PageFile> LoadAll() => typeof(PageFile).Assembly
        .GetManifestResourceNames()
        .ToFrozenDictionary(static name => name, Load, StringComparer.Ordinal);

    private static PageFile Load(string name)
    {
        using var embedded = typeof(PageFile).Assembly.GetManifestResourceStream(name)!;
        var plain = new byte[embedded.Length];
        embedded.ReadExactly(plain);
        return new PageFile(ContentTypeOf(name), plain);
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        _ => "text/javascript; charset=utf-8",
    };

    private static byte[] Compress(byte[] plain)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(plain);
        }

        return compressed.ToArray();
    }
}
