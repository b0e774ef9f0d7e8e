using System.Globalization;

namespace LlmMetrics.Configuration;

/// <summary>
/// Checks the token without ever showing it. An empty one is refused: it comes from a variable that is not set, and
/// would leave the endpoint open.
/// </summary>
internal sealed class BearerTokenSettingAttribute : SettingAttribute
{
    private const int MinLength = 16;
    private const int MaxLength = 4096;

    protected override string? Complain(object? value)
    {
        if (value is not string token)
        {
            return null;
        }

        if (token.Length is < MinLength or > MaxLength)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"has {token.Length} characters (not shown); it must have {MinLength} to {MaxLength}.");
        }

        return token.AsSpan().TrimEnd('=').ContainsAnyExcept(BearerToken.Characters)
            ? "has characters (not shown) that a bearer token cannot have; allowed are letters, digits and "
                + "- . _ ~ + /, then any number of =."
            : null;
    }
}
