using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;

namespace LlmMetrics.Conventions.Tests;

/// <summary>Reads from debug symbols where a debugger finds the sources.</summary>
public static class SourceLink
{
    // Assigned by the Portable PDB specification.
    private static readonly Guid _kind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    // The hosts whose addresses the SDK can build without a further package.
    private static readonly string[] _hosts = ["github.com", "gitlab.com", "bitbucket.org", "dev.azure.com"];

    /// <summary>Tells whether the SDK can turn a remote into addresses of sources.</summary>
    /// <param name="remote">The remote's address, or null without one.</param>
    /// <returns>True if SourceLink is to be expected.</returns>
    public static bool IsKnownHost(string? remote) => remote is not null
        && _hosts.Any(host => remote.Contains($"//{host}/", StringComparison.Ordinal)
            || remote.Contains($"@{host}", StringComparison.Ordinal));

    /// <summary>Reads the map from local paths to addresses out of the only or first .pdb of a package.</summary>
    /// <param name="symbols">A symbol package.</param>
    /// <returns>The map as JSON, or null if there is none.</returns>
    public static string? Read(ZipArchive symbols)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        var entry = symbols.Entries.First(static e => e.FullName.EndsWith(".pdb", StringComparison.Ordinal));
        using var content = new MemoryStream();
        using (var stream = entry.Open())
        {
            stream.CopyTo(content);
        }

        content.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(content);
        var reader = provider.GetMetadataReader();
        return reader.CustomDebugInformation
            .Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == _kind)
            .Select(information => Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value)))
            .FirstOrDefault();
    }
}
