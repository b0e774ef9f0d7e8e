namespace LlmMetrics.Benchmarks.Recording;

/// <summary>Where the strings of a call come from.</summary>
public enum Strings
{
    /// <summary>Made from characters for each call, as a JSON parser does. It costs both sides the same.</summary>
    Fresh,

    /// <summary>Equal to those seen before and never the same objects, but made in advance.</summary>
    Copies,

    /// <summary>The same objects each time.</summary>
    Interned,
}
