using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace LlmMetrics.Configuration;

/// <summary>
/// Reads the standard variables (OpenTelemetry environment variable specification 1.4x) from the host's configuration,
/// which has the environment in it, else from the environment itself. As the specification asks, a value that cannot
/// be used is reported and ignored, and an empty one counts as unset.
/// </summary>
internal sealed class OtelVariables(IConfiguration? configuration)
{
    private readonly List<string> _warnings = [];

    /// <summary>What could not be used.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    public string? Text(string name)
    {
        var value = configuration is null ? Environment.GetEnvironmentVariable(name) : configuration[name];
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    public bool Is(string name, string value) =>
        string.Equals(Text(name), value, StringComparison.OrdinalIgnoreCase);

    public Uri? Endpoint(string name)
    {
        var text = Text(name);
        if (text is null || (Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && Endpoints.IsUsable(endpoint)))
        {
            return text is null ? null : new Uri(text);
        }

        // Not shown: a token that was pasted into the wrong variable would be.
        _warnings.Add($"{name} is ignored: it must be an absolute http or https URL.");
        return null;
    }

    public TimeSpan? Milliseconds(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0)
        {
            return TimeSpan.FromMilliseconds(value);
        }

        _warnings.Add($"{name} is ignored: it must be a whole number of milliseconds above 0.");
        return null;
    }

    /// <summary>One of several words.</summary>
    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (words.TryGetValue(text, out var value))
        {
            return value;
        }

        _warnings.Add($"{name} is ignored: it must be {string.Join(" or ", words.Keys)}.");
        return null;
    }

    /// <summary>Headers, as <c>name=value,name=value</c> with percent-encoded values.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers(string name)
    {
        foreach (var pair in (Text(name) ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var header = equals > 0 ? pair[..equals].Trim() : string.Empty;
            var value = equals > 0 ? Uri.UnescapeDataString(pair[(equals + 1)..].Trim()) : string.Empty;
            if (HeaderText.IsName(header) && HeaderText.IsValue(value))
            {
                yield return KeyValuePair.Create(header, value);
            }
            else
            {
                _warnings.Add($"A header of {name} is ignored: each must be name=value, without commas in the value.");
            }
        }
    }
}
