namespace Simulator.Behaviour;

/// <summary>Legal ways to write server-sent events which naive readers stumble over.</summary>
[Flags]
internal enum SseStyle
{
    None = 0,

    /// <summary>Lines end with CR LF.</summary>
    CrLf = 1,

    /// <summary>A comment line before every event, as keep-alive.</summary>
    Comments = 2,

    /// <summary>Each event reaches the network in two writes, cut within a line.</summary>
    Split = 4,

    /// <summary>No space after the colon.</summary>
    NoSpace = 8,
}
