namespace LlmMetrics.Workload.Simulation;

/// <summary>How the load goes over time.</summary>
internal sealed class Timeline(TimelinePiece[] pieces, int segments)
{
    private const double SecondsPerHour = 3600;
    private const int Batches = 20;

    public TimelinePiece[] Pieces { get; } = pieces;

    public int Segments { get; } = segments;

    public double Seconds(int segment) =>
        Pieces.Where(piece => piece.Segment == segment).Sum(static piece => piece.Seconds);

    /// <summary>
    /// The day, hour by hour, once or several times. Of an hour with more requests than the limit only so much is
    /// simulated as the limit allows: within an hour the load is steady, so a part of it stands for the whole.
    /// </summary>
    public static Timeline Day(
        IReadOnlyList<double> requestsPerUserHour, double users, double maxRequestsPerHour, int days = 1)
    {
        var day = requestsPerUserHour.Select((requests, hour) => new TimelinePiece(
            SecondsPerHour * Math.Min(1, maxRequestsPerHour / Math.Max(1, requests * users)),
            requests / SecondsPerHour,
            hour));
        return new Timeline([.. Enumerable.Repeat(day, days).SelectMany(static d => d)], requestsPerUserHour.Count);
    }

    /// <summary>
    /// The peak hour's load for as long as it takes to count so many requests, in batches (their spread gives the
    /// interval), after a time that is not counted.
    /// </summary>
    public static Timeline Peak(double requestsPerUserHour, double users, double requests, double warmUpSeconds)
    {
        var rate = requestsPerUserHour / SecondsPerHour;
        var seconds = requests / (rate * users) / Batches;
        return new Timeline(
            [
                new TimelinePiece(Math.Max(warmUpSeconds, seconds), rate, -1),
                .. Enumerable.Range(0, Batches).Select(batch => new TimelinePiece(seconds, rate, batch)),
            ],
            Batches);
    }
}
