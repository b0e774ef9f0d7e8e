using System.Globalization;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>
/// Checks the token without ever showing it. An empty one is refused: it comes from a variable that is not set, and
/// would leave the endpoint open.
/// </summary>
internal sealed class PrometheusOptionsValidator : IValidateOptions<PrometheusOptions>
{
    private const string Key = PrometheusOptions.Section + ":" + nameof(PrometheusOptions.BearerToken);
    private const int MinLength = 16;
    private const int MaxLength = 4096;

    public ValidateOptionsResult Validate(string? name, PrometheusOptions options)
    {
        if (options.BearerToken is not { } token)
        {
            return ValidateOptionsResult.Success;
        }

        if (token.Length is < MinLength or > MaxLength)
        {
            return ValidateOptionsResult.Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"{Key} has {token.Length} characters (not shown); it must have {MinLength} to {MaxLength}."));
        }

        return token.AsSpan().TrimEnd('=').ContainsAnyExcept(BearerToken.Characters)
            ? ValidateOptionsResult.Fail(
                Key + " has characters (not shown) that a bearer token cannot have; allowed are letters, digits and "
                + "- . _ ~ + /, then any number of =.")
            : ValidateOptionsResult.Success;
    }
}
