using System.Globalization;
using System.Text;
using LlmMetrics.Facts;

namespace LlmMetrics.Tests.Http;

/// <summary>
/// One answer of a provider, written after its documentation, with what must be read from it: lines of
/// <c>key: value</c>, a line of three dashes, the body byte for byte. A figure that is not listed must be unknown.
/// </summary>
public sealed class Fixture
{
    private readonly Dictionary<string, string> _expected = new(StringComparer.Ordinal);

    private readonly List<(string Name, string Value)> _headers = [];
    private readonly List<(string Name, string Value)> _requestHeaders = [];

    private Fixture(string name, string text)
    {
        Name = name;
        var split = text.IndexOf("---\n", StringComparison.Ordinal);
        foreach (var line in text[..split].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (line[..colon] is "header" or "requestheader")
            {
                var headers = line[0] == 'h' ? _headers : _requestHeaders;
                var header = line[(colon + 2)..];
                colon = header.IndexOf(": ", StringComparison.Ordinal);
                headers.Add((header[..colon], header[(colon + 2)..]));
            }
            else
            {
                _expected.Add(line[..colon], line[(colon + 2)..]);
            }
        }

        Body = text[(split + 4)..];
    }

    public static IReadOnlyList<Fixture> All { get; } = Load();

    public string Name { get; }

    public string Body { get; }

    public Uri Url => new(_expected["url"]);

    public string ContentType => _expected["type"];

    /// <summary>Whether the body is a stream of server-sent events.</summary>
    public bool IsEvents =>
        ContentType.StartsWith("text/event-stream", StringComparison.Ordinal)
        || (Body.StartsWith("data:", StringComparison.Ordinal) && ContentType != "text/html");

    public bool IsStream =>
        _expected.TryGetValue("stream", out var stream) ? bool.Parse(stream) : IsEvents || IsFrames;

    /// <summary>Whether the request names no model where the library could read it.</summary>
    public bool AsksForNothing =>
        _expected.TryGetValue("request", out var body) && !body.Contains("asked", StringComparison.Ordinal);

    /// <summary>Headers of the answer.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers => _headers;

    /// <summary>Headers of the request.</summary>
    public IReadOnlyList<(string Name, string Value)> RequestHeaders => _requestHeaders;

    /// <summary>Body of the request; empty if it does not matter.</summary>
    public string RequestBody => _expected.GetValueOrDefault("request", string.Empty);

    public int? Chunks => (int?)Number("chunks");

    /// <summary>Whether the body is a binary stream, written here as lines (<see cref="BinaryFrames"/>).</summary>
    public bool IsFrames => _expected.ContainsKey("frames");

    public byte[] Bytes => IsFrames ? BinaryFrames.Of(Body) : Encoding.UTF8.GetBytes(Body);

    public static TheoryData<string> Names() => [.. All.Select(fixture => fixture.Name)];

    public static Fixture Get(string name) => All.Single(fixture => fixture.Name == name);

    /// <summary>A request that has this answer.</summary>
    public HttpRequestMessage Request()
    {
        var request = Scenario.Request(Url.OriginalString);
        if (_expected.TryGetValue("request", out var body))
        {
            request.Content!.Dispose();
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in _requestHeaders)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

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
        Same(Number("audioout"), call.OutputAudioTokens, how);
        Same(Number("imagein"), call.InputImageTokens, how);
        Same(Number("imageout"), call.OutputImageTokens, how);
        Same(Number("cachewrite"), call.CacheWriteInputTokens, how);
        Same(Number("cachewrite1h"), call.CacheWrite1HourInputTokens, how);
        Same(Number("searches"), call.WebSearches, how);
        Same(Number("filesearches"), call.FileSearches, how);
        Same(Number("citations"), call.CitationTokens, how);
        Same(_expected.ContainsKey("othercharges"), call.HasOtherCharges, how);
        Same(Number("characters"), call.Characters, how);
        Same(Number("images"), call.Images, how);
        Same(Number("pages"), call.Pages, how);
        Same(Amount("seconds"), call.AudioSeconds, how);
        if (Amount("cost") is { } cost)
        {
            Same(cost, call.CostUsd, how);
        }

        Same(
            Amount("cost") is not null, LlmCall.Data(in call).Closed.CostSource == (int)CostSource.Provider, how);
        Same(
            (call.InputTokens ?? call.OutputTokens) is null ? UsageSource.None : UsageSource.Provider,
            call.UsageSource,
            how);
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

    private double? Amount(string key) =>
        _expected.TryGetValue(key, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    private long? Number(string key) =>
        _expected.TryGetValue(key, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
