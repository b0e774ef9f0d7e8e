namespace Quickstart;

/// <summary>How the process ends.</summary>
public static class ExitCodes
{
    /// <summary>All is well.</summary>
    public const int Fine = 0;

    /// <summary>What was measured is not what was served.</summary>
    public const int Differs = 1;

    /// <summary>Wrong arguments, or a port that is taken.</summary>
    public const int WrongArguments = 2;

    /// <summary>Interrupted before the requests were done, as shells report SIGINT.</summary>
    public const int Interrupted = 130;
}
