namespace LlmMetrics.Tool;

/// <summary>What the process says to the shell, the same for every verb.</summary>
internal static class ExitCode
{
    /// <summary>Done, nothing to report.</summary>
    public const int Ok = 0;

    /// <summary>Done, and something was found: nothing known, no price, a check that failed.</summary>
    public const int Findings = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A file or a server could not be read or written.</summary>
    public const int Unreadable = 3;

    /// <summary>The tool itself failed.</summary>
    public const int Bug = 70;

    /// <summary>Ctrl+C, as shells write it.</summary>
    public const int Cancelled = 130;
}
