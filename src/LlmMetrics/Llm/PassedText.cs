using System.Runtime.InteropServices;

namespace LlmMetrics;

/// <summary>The length of the text that passed through a call in one direction. The text itself is not kept.</summary>
/// <remarks>
/// A text of more than 512 bytes in plain ASCII without white space counts as binary (a picture, say) and is left out.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PassedText
{
    /// <summary>Whether it went to the model; otherwise it came from it.</summary>
    public bool IsInput { get; init; }

    /// <summary>Length in Unicode characters (code points).</summary>
    public long Characters { get; init; }

    /// <summary>Length in bytes of UTF-8.</summary>
    public long Bytes { get; init; }

    /// <summary>Provider (<c>gen_ai.provider.name</c>).</summary>
    public string? Provider { get; init; }

    /// <summary>Model that answered, or was asked for.</summary>
    public string? Model { get; init; }
}
