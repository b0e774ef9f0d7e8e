namespace LlmMetrics.Benchmarks.Recording;

/// <summary>Calls with 64 combinations of tags in turn. Each thread has a source of its own.</summary>
internal sealed class CallSource
{
    public const int Sets = 64;
    private const int StringsPerCall = 8;
    private const int CopiesOfEach = 4;

    private static readonly Rates[] _models =
    [
        new("gpt-4o-mini", 0.15, 0.075, 0.6),
        new("gpt-4o", 2.5, 1.25, 10),
        new("gpt-4.1", 2, 0.5, 8),
        new("gpt-4.1-mini", 0.4, 0.1, 1.6),
        new("gpt-4.1-nano", 0.1, 0.025, 0.4),
        new("o4-mini", 1.1, 0.275, 4.4),
        new("gpt-5", 1.25, 0.125, 10),
        new("gpt-5-mini", 0.25, 0.025, 2),
    ];

    private readonly Strings _kind;
    private readonly int _sets;
    private readonly char[][] _characters;
    private readonly string[] _texts;
    private int _next;

    /// <summary>A source of as many combinations as asked for, at most <see cref="Sets"/>.</summary>
    public CallSource(Strings kind, int sets = Sets)
    {
        _kind = kind;
        _sets = sets;
        _characters = [.. Enumerable.Range(0, Sets).SelectMany(TextsOf).Select(static text => text.ToCharArray())];

        // What is not fresh is never one of the objects that the first calls, which bind the series, have brought.
        var copies = kind == Strings.Copies ? CopiesOfEach : 1;
        _texts = [.. Enumerable.Range(0, copies).SelectMany(_ => _characters).Select(static text => new string(text))];
    }

    public CallInput Next()
    {
        var number = _next++;
        var set = number % _sets;
        var copy = _kind == Strings.Copies ? number / Sets % CopiesOfEach : 0;
        var first = ((copy * Sets) + set) * StringsPerCall;
        return new CallInput
        {
            Provider = Text(first),
            Operation = Text(first + 1),
            RequestModel = Text(first + 2),
            ResponseModel = Text(first + 3),
            Server = Text(first + 4),
            Feature = Text(first + 5),
            Agent = Text(first + 6),
            Tenant = Text(first + 7),
            InputTokens = 800 + set,
            CachedTokens = 256,
            OutputTokens = 100 + (number & 255),
            Duration = new TimeSpan(5_000_000 + ((number & 127) * 100_000)),
            Rates = _models[set & 7],
        };
    }

    private string Text(int index) => _kind == Strings.Fresh ? new string(_characters[index]) : _texts[index];

    private static string[] TextsOf(int set)
    {
        var model = _models[set & 7].Model;
        return
        [
            "openai", "chat", model, model, "api.openai.com",
            (set & 8) == 0 ? "product_search" : "summarise_document",
            (set & 16) == 0 ? "retriever" : "writer",
            (set & 32) == 0 ? "tenant-acme-corp" : "tenant-globex",
        ];
    }
}
