namespace Simulator.Behaviour;

/// <summary>What goes wrong with one request.</summary>
internal sealed record Faults(int? Status, int? AbortAfter, int? ErrorAfter, bool NoUsage, bool Slow)
{
    public static Faults Draw(FaultRates rates, bool stream, int chunks, SeededRandom random, Directives forced)
    {
        // Every number is drawn for every request: a changed rate then moves only the requests it concerns.
        var fate = random.NextDouble();
        var usage = random.NextDouble();
        var pace = random.NextDouble();
        var position = random.NextInt(1, Math.Max(1, chunks - 1));
        if (forced.Any)
        {
            return new(
                forced.Status ?? (forced.ErrorAfter is not null && !stream ? 500 : null),
                Within(forced.AbortAfter, chunks),
                stream ? Within(forced.ErrorAfter, chunks) : null,
                forced.NoUsage,
                forced.Slow);
        }

        var next = rates.ServerError;
        int? status = fate < next ? 500 : null;
        status ??= fate < (next += rates.RateLimited) ? 429 : null;
        int? abort = stream && status is null && fate < (next += rates.AbortedStream) ? position : null;
        int? error = stream && status is null && abort is null && fate < next + rates.ErrorInStream ? position : null;
        var noUsage = usage < (stream ? rates.StreamWithoutUsage : rates.MissingUsage);
        return new(status, abort, error, noUsage, pace < rates.Slow);
    }

    private static int? Within(int? after, int chunks) => after is { } value ? Math.Min(value, chunks) : null;
}
