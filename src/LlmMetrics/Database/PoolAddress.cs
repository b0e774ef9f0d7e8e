using System.Data.Common;
using System.Globalization;

namespace LlmMetrics.Database;

/// <summary>
/// Where a pool leads to. Drivers call a pool by its connection string; this tells that two of them mean the same, and
/// keeps neither user's password nor the rest of the string.
/// </summary>
internal sealed record PoolAddress(string Host, string Port, string Database, string User)
{
    private static readonly string[] _hosts = ["Host", "Server", "Data Source", "Address"];
    private static readonly string[] _databases = ["Database", "Initial Catalog", "DB"];
    private static readonly string[] _users = ["Username", "User ID", "User Id", "User Name", "UID", "User"];
    private static readonly string[] _maximums =
        ["Maximum Pool Size", "Max Pool Size", "MaximumPoolSize", "MaxPoolSize", "Maximumpoolsize"];

    /// <summary>Reads a connection string; null if it is none.</summary>
    public static PoolAddress? Parse(string? connectionString, out long? max)
    {
        max = null;
        if (string.IsNullOrEmpty(connectionString) || !connectionString.Contains('=', StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
            max = long.TryParse(Find(parts, _maximums), CultureInfo.InvariantCulture, out var size) ? size : null;
            return new PoolAddress(
                Find(parts, _hosts), Find(parts, ["Port"]), Find(parts, _databases), Find(parts, _users));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Find(DbConnectionStringBuilder parts, string[] names)
    {
        foreach (var name in names)
        {
            if (parts.TryGetValue(name, out var value) && value is string text)
            {
                return text;
            }
        }

        return string.Empty;
    }
}
