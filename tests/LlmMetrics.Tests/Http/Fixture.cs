using System.Globalization;
using System.Text;

namespace LlmMetrics.Tests.Http;

/// <summary>
/// One answer of a provider, written after its documentation, with what must be read from it: lines of
/// <c>key: value</c>, a line of three dashes, the body byte for byte. A figure that is not listed must be unknown.
/// </summary>
public sealed class Fixture
{
    private readonly Dictionary<string, string> _expected = new(StringComparer.Ordinal);

    private Fixture(string name, string text)
    {
        Name = name;
        var split = text.IndexOf("---\n", StringComparison.Ordinal);
        foreach (var line in text[..split].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            _expected.Add(line[..colon], line[(colon + 2)..]);
        }

        Body = text[(split + 4)..];
    }

    public static IReadOnlyList<Fixture> All { get; } = Load();

    public string Name { get; }

    public string Body { get; }

    public Uri Url => new(_expected["url"]);

    public string ContentType => _expected["type"];

    public bool IsStream => Body.Contains("data:", StringComparison.Ordinal) && ContentType != "text/html";

    public int? Chunks => (int?)Number("chunks");

    public byte[] Bytes => Encoding.UTF8.GetBytes(Body);

    public static TheoryData<string> Names() => [.. All.Select(fixture => fixture.Name)];

    public static Fixture Get(string name) => All.Single(fixture => fixture.Name == name);

    internal void Verify(in LlmCall call, string how)
    {
        Same(_expected["provider"], call.Provider, how);
        Same(_expected.GetValueOrDefault("operation", LlmOperation.Chat), call.Operation, how);
        Same(_expected.GetValueOrDefault("model"), call.ResponseModel, how);
        Same(_expected.GetValueOrDefault("tier"), call.ServiceTier, how);
        Same(_expected["outcome"], call.Outcome.ToString(), how);
        Same(_expected.GetValueOrDefault("error"), call.ErrorType, how);
        Same(_expected.GetValueOrDefault("missing", "None"), call.UsageMissing.ToString(), how);
        Same(Number("input"), call.InputTokens, how);
        Same(Number("output"), call.OutputTokens, how);
        Same(Number("cached"), call.CachedInputTokens, how);
        Same(Number("reasoning"), call.ReasoningOutputTokens, how);
        Same(Number("audioin"), call.InputAudioTokens, how);
        Same(call.InputTokens is null ? UsageSource.None : UsageSource.Provider, call.UsageSource, how);
        Same(IsStream, call.IsStreaming, how);
        Same(Chunks is > 0, call.TimeToFirstChunk is not null, how);
    }

    private static void Same<T>(T expected, T actual, string how) =>
        Assert.True(EqualityComparer<T>.Default.Equals(expected, actual), $"{how}: expected {expected}, got {actual}");

    private static List<Fixture> Load()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Http", "Fixtures");
        return
        [
            .. Directory.EnumerateFiles(folder, "*.txt")
                .Order(StringComparer.Ordinal)
                .Select(path => new Fixture(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path))),
        ];
    }

    private long? Number(string key) =>
        _expected.TryGetValue(key, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
