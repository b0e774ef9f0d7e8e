namespace LlmMetrics.Pricing;

/// <summary>The names under which a model is looked up: as told, then without what clouds add.</summary>
internal static class ModelNames
{
    /// <summary>Longer names are nobody's model, and are not worth the search.</summary>
    public const int MaxLength = 256;

    private const int DashedDate = 11;
    private const int PlainDate = 9;

    /// <summary>
    /// Without a resource path (<c>models/…</c>, <c>publishers/…/models/…</c>, a Bedrock ARN) or the provider's
    /// own prefix (<c>openai/gpt-4o</c>). Null if there is nothing to take away.
    /// </summary>
    public static string? WithoutPath(string provider, string model)
    {
        var slash = model.LastIndexOf('/');
        if (slash < 0 || slash == model.Length - 1)
        {
            return null;
        }

        var path = model.AsSpan(0, slash);
        var known = provider switch
        {
            ProviderNames.Google => path.EndsWith("models", StringComparison.OrdinalIgnoreCase),
            ProviderNames.Aws => path.StartsWith("arn:", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
        return known || IsOwnPrefix(provider, path) ? model[(slash + 1)..] : null;
    }

    /// <summary>
    /// Without the date of a snapshot (<c>-2024-08-06</c>, <c>-20240806</c>), which seldom changes the price; those
    /// that differ are listed with their date and found first. Null without a date.
    /// </summary>
    public static string? WithoutDate(string model)
    {
        var name = model.AsSpan();
        if (name.Length > DashedDate && IsDate(name[^DashedDate..], "-0000-00-00"))
        {
            return model[..^DashedDate];
        }

        return name.Length > PlainDate && IsDate(name[^PlainDate..], "-00000000") ? model[..^PlainDate] : null;
    }

    /// <summary>
    /// Provider and model behind a router's <c>vendor/model</c>, for models that only their vendor sells: open models
    /// are run by many at prices of their own, and a variant (<c>:free</c>, <c>:online</c>) is another price.
    /// </summary>
    public static (string Provider, string Model)? BehindRouter(string model)
    {
        var slash = model.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || model.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        var vendor = ProviderNames.Resolve(model[..slash]);
        var name = model[(slash + 1)..];
        return IsVendorsOwn(vendor, name) ? (vendor, name) : null;
    }

    /// <summary>Whether the model is sold at its vendor's price wherever it is offered.</summary>
    public static bool IsVendorsOwn(string vendor, string model) => vendor.ToUpperInvariant() switch
    {
        "OPENAI" => !model.Contains("oss", StringComparison.OrdinalIgnoreCase),
        "ANTHROPIC" or "X-AI" or "PERPLEXITY" => true,
        "GOOGLE" => model.StartsWith("gemini", StringComparison.OrdinalIgnoreCase),
        "COHERE" => model.StartsWith("command", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool IsOwnPrefix(string provider, ReadOnlySpan<char> path) =>
        path.IndexOf('/') < 0
        && string.Equals(ProviderNames.Resolve(path.ToString()), provider, StringComparison.OrdinalIgnoreCase);

    private static bool IsDate(ReadOnlySpan<char> text, string shape)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (shape[i] == '0' ? !char.IsAsciiDigit(text[i]) : text[i] != shape[i])
            {
                return false;
            }
        }

        return text[1] is '2' && text[2] is '0';
    }
}
