using System.Globalization;

namespace LlmMetrics.Tool.Inspect;

/// <summary>Headers of a recorded answer, as <c>curl -D</c> and <c>curl -i</c> write them.</summary>
internal sealed record HeaderFile
{
    private const int MaxBytes = 1024 * 1024;

    public static HeaderFile None { get; } = new();

    /// <summary>HTTP status.</summary>
    public int Status { get; private init; } = 200;

    /// <summary>Names and values in their order.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; private init; } = [];

    public string? this[string name] => Headers
        .LastOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Whether there is a header with this beginning.</summary>
    public bool HasAny(string beginning) => Headers
        .Any(header => header.Name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="ToolException">The file cannot be read, or holds no headers.</exception>
    public static HeaderFile Load(string path)
    {
        var file = new FileInfo(path);
        if (file is { Exists: true, Length: > MaxBytes })
        {
            throw new ToolException(ExitCode.Unreadable, $"{path}: headers have at most 1 MiB");
        }

        try
        {
            return Parse(File.ReadAllLines(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Unreadable, e.Message);
        }
    }

    private static HeaderFile Parse(string[] lines, string path)
    {
        var status = 200;
        var headers = new List<(string, string)>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("HTTP/", StringComparison.OrdinalIgnoreCase))
            {
                // A redirect or an interim answer comes before the one that counts.
                headers.Clear();
                status = StatusOf(line) ?? throw Broken(path, i, line);
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
            {
                headers.Add((line[..colon].Trim(), line[(colon + 1)..].Trim()));
            }
            else if (line.Length > 0)
            {
                throw Broken(path, i, line);
            }
        }

        return new HeaderFile { Status = status, Headers = headers };
    }

    private static int? StatusOf(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status is >= 100 and <= 999
            ? status
            : null;
    }

    private static ToolException Broken(string path, int line, string text) => new(
        ExitCode.Unreadable,
        $"{path}, line {line + 1}: '{(text.Length > 40 ? text[..40] + "…" : text)}' is no header as in 'Name: value'");
}
