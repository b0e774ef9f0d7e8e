using LlmMetrics.Measuring;

namespace LlmMetrics;

/// <summary>
/// A run under way of an agent, a workflow, a tool or a function. It is recorded once, when it is disposed; copies of
/// the handle speak of the same run, and a handle whose run has ended does nothing.
/// </summary>
/// <remarks>
/// Nothing here throws. A run that an exception leaves is a success unless <see cref="Fail(Exception)"/> is called
/// first; the <c>Measure…</c> methods do that by themselves.
/// </remarks>
public readonly struct MeasuredRun : IDisposable, IEquatable<MeasuredRun>
{
    private readonly RunState? _state;
    private readonly int _version;

    private MeasuredRun(RunState state) => (_state, _version) = (state, state.Version);

    private RunState? Live => _state is { } state && state.Version == _version ? state : null;

    /// <summary>Compares two handles.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they speak of the same run.</returns>
    public static bool operator ==(MeasuredRun left, MeasuredRun right) => left.Equals(right);

    /// <summary>Compares two handles.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they speak of different runs.</returns>
    public static bool operator !=(MeasuredRun left, MeasuredRun right) => !left.Equals(right);

    /// <summary>Says whether the run was answered from the app's own cache. The last word counts.</summary>
    /// <param name="hit">Whether the cache had the answer.</param>
    public void Cache(bool hit) => Live?.Hit(hit);

    /// <summary>
    /// Says that the run has failed. An <see cref="OperationCanceledException"/> makes it cancelled instead, unless it
    /// reports a timeout.
    /// </summary>
    /// <param name="exception">Why; its type becomes the error type, its message goes nowhere.</param>
    public void Fail(Exception? exception)
    {
        if (exception is null)
        {
            Fail(errorType: null);
            return;
        }

        Live?.Fail(exception);
    }

    /// <summary>Says that the run has failed.</summary>
    /// <param name="errorType">Kind of the error, <c>_OTHER</c> if null.</param>
    /// <remarks>It becomes a tag: keep it of low cardinality, and never put a message here.</remarks>
    public void Fail(string? errorType) => Live?.Fail(errorType);

    /// <summary>Says that the run was given up, which is no failure.</summary>
    public void Cancel() => Live?.Cancel();

    /// <summary>Counts items that the run has dealt with, at once: <c>run.Count("articles", 3)</c>.</summary>
    /// <param name="item">What they are: a constant of the app, bounded by the cardinality guard.</param>
    /// <param name="count">How many; below zero is refused and counted as dropped.</param>
    public void Count(string item, long count = 1) => Live?.Count(item, count);

    /// <summary>Ends the run and records it. Doing so twice changes nothing.</summary>
    public void Dispose()
    {
        if (_state is { } state && state.TryEnd(_version))
        {
            state.Record();
            RunPool.Return(state);
        }
    }

    /// <inheritdoc/>
    public bool Equals(MeasuredRun other) => ReferenceEquals(_state, other._state) && _version == other._version;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MeasuredRun other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_state, _version);

    /// <summary>Starts a run; without effect if the library is switched off.</summary>
    internal static MeasuredRun Start(LlmMetricsRuntime metrics, FactKind kind, string? name)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        if (!metrics.Options.Enabled)
        {
            return default;
        }

        var state = RunPool.Rent();
        state.Begin(metrics, kind, name);
        return new MeasuredRun(state);
    }

    /// <summary>Notes an exception that passes by. Never true, so that a filter lets it pass untouched.</summary>
    internal bool Sees(Exception exception)
    {
        Live?.Fail(exception);
        return false;
    }

    internal void Enter() => Live?.Enter();

    internal void Leave() => Live?.Leave();
}
