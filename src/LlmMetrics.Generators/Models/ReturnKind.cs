namespace LlmMetrics.Generators.Models;

/// <summary>How a measured method hands back its result, which decides how its end is seen.</summary>
internal enum ReturnKind
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>A value at once.</summary>
    Value,

    /// <summary>A task of any of the four kinds.</summary>
    Task,

    /// <summary>An asynchronous sequence.</summary>
    Sequence,
}
