namespace Simulator;

/// <summary>How a request ended, as far as the server can know.</summary>
public enum LedgerOutcome
{
    /// <summary>The whole answer was handed to the network, up to the terminal event of a stream.</summary>
    Completed,

    /// <summary>An error status was sent instead of an answer.</summary>
    Rejected,

    /// <summary>A stream began with status 200 and then reported an error.</summary>
    FailedInStream,

    /// <summary>The server cut the connection before the answer was whole.</summary>
    AbortedByServer,

    /// <summary>The client left before the answer was whole.</summary>
    ClientGone,
}
