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

    /// <summary>Reads the file; null if there is none of that name.</summary>
    public static PageFile? Load(string name)
    {
        var contentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => null,
        };
        using var embedded = contentType is null ? null : typeof(PageFile).Assembly.GetManifestResourceStream(name);
        if (embedded is null)
        {
            return null;
        }

        var plain = new byte[embedded.Length];
        embedded.ReadExactly(plain);
        return new PageFile(contentType!, plain);
    }

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
