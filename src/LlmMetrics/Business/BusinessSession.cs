using LlmMetrics.Collection;
using LlmMetrics.Facts;

namespace LlmMetrics;

/// <summary>
/// A session of the app's that is open: a visit, a telephone call, a connection. It counts as active until it is
/// disposed, on whatever thread; then its duration is recorded.
/// </summary>
/// <remarks>One that is never disposed stays active for as long as the app runs.</remarks>
public sealed class BusinessSession : IDisposable
{
    private readonly LlmMetricsRuntime _runtime;
    private readonly FactData _key;
    private readonly BoundFact? _active;
    private readonly long _started;
    private int _isEnded;

    internal BusinessSession(LlmMetricsRuntime runtime, string? kind)
    {
        _runtime = runtime;
        _key.KeyFields[(int)FactField.Name] = kind;
        Scopes.ScopeFrame.Of(runtime.Recorder)?.Fill(ref _key.KeyFields);
        _active = runtime.Recorder.Bind(FactKind.ActiveSession, in _key);
        _active?.Add(1);
        _started = runtime.Time.GetTimestamp();
    }

    /// <summary>Ends the session. Doing so twice changes nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
        {
            return;
        }

        _active?.Add(-1);
        var fact = _key;
        fact.Set(FactValue.Duration, _runtime.Time.GetElapsedTime(_started));
        _runtime.Recorder.Record(FactKind.Session, in fact);
    }
}
