using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace LlmMetrics.Configuration;

/// <summary>The token that scrapers must send. Only its hash is kept.</summary>
internal sealed class BearerToken(string? token)
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _hash = token is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public static SearchValues<char> Characters { get; } =
        SearchValues.Create("-._~+/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public bool IsRequired => _hash is not null;

    /// <summary>
    /// Whether a request's header has the token. Hashes are compared, in constant time, so that neither the token's
    /// length nor its beginning shows in how long the answer takes.
    /// </summary>
    public bool Allows(StringValues authorization)
    {
        if (_hash is null)
        {
            return true;
        }

        if (authorization.Count != 1
            || authorization[0] is not { } header
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var given = SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim(' ')));
        return CryptographicOperations.FixedTimeEquals(given, _hash);
    }
}
