using System.Diagnostics;
using System.Globalization;
using LlmMetrics.Collection;
using LlmMetrics.Facts;
using LlmMetrics.Http;
using LlmMetrics.Llm;
using LlmMetrics.Scopes;

namespace LlmMetrics.AI.Calls;

/// <summary>
/// One call through a client, from its start to its end, which comes once. Nothing in here throws into the app.
/// </summary>
/// <remarks>The clock of a stream stands while the app holds an update: that time is not the model's.</remarks>
internal sealed class ClientCall
{
    private readonly ClientPlan _plan;
    private readonly LlmMetricsRuntime _runtime;
    private readonly LayeredCall _layers;
    private Activity? _activity;
    private BoundFact? _active;
    private BoundFact? _chunks;
    private long _started;
    private long _held;
    private long _pausedAt;
    private long? _firstChunk;
    private long _previousChunk;
    private int _isEnded;
    private bool _isAsked;
    private bool _isAnswered;

    public ClientCall(ClientPlan plan)
    {
        (_plan, _runtime) = (plan, plan.Metrics);
        _layers = new LayeredCall(_runtime, plan.Operation);
        Flow = new CallFlow(ScopeFrame.For(_layers, _runtime));
        Notes = new AnswerNotes { Characters = plan.Characters };
    }

    public CallFlow Flow { get; }

    public AnswerNotes Notes { get; }

    private long Now => _runtime.Time.GetTimestamp() - _held;

    /// <summary>The same once more, for who enumerates a stream again.</summary>
    public ClientCall Again() => new(_plan);

    public void Start() => Guard(static call =>
    {
        call._started = call._runtime.Time.GetTimestamp();
        call._pausedAt = call._started;
        call._layers.Open();
        call._activity = call.Flow.Start(call.StartActivity);
        if (!call._layers.IsBeneath)
        {
            call.Flow.Run(static state => ((ClientCall)state!).Activate(), call);
        }
    });

    /// <summary>The app asks for the next update.</summary>
    public void Resume()
    {
        var now = _runtime.Time.GetTimestamp();
        if (_isAsked)
        {
            _held += now - _pausedAt;
        }
        else
        {
            (_isAsked, _started) = (true, now);
        }
    }

    /// <summary>An update has come, and the app has it now.</summary>
    public void Take<T>(T update, Func<AnswerNotes, T, bool> read)
    {
        _pausedAt = _runtime.Time.GetTimestamp();
        _isAnswered = true;
        try
        {
            if (read(Notes, update))
            {
                OnChunk();
            }
        }
        catch (Exception exception)
        {
            _runtime.Diagnostics.Failed(Losses.ResponseScan, exception);
        }
    }

    /// <summary>The whole answer is there.</summary>
    public void Complete<T>(T answer, Action<AnswerNotes, T> read)
    {
        try
        {
            read(Notes, answer);
        }
        catch (Exception exception)
        {
            _runtime.Diagnostics.Failed(Losses.ResponseScan, exception);
        }

        Complete();
    }

    public void Complete() => End(Notes is { Error: { } error, IsComplete: false }
        ? new CallEnd(LlmOutcome.Error, error)
        : CallEnd.Ok);

    /// <summary>The app has turned away. What had told its finish by then was complete.</summary>
    public void Abandon() => End(Notes.IsComplete ? CallEnd.Ok : CallEnd.Cancelled, isBrokenOff: true);

    public void Fail(Exception exception)
    {
        if (exception is HttpRequestException { StatusCode: { } status })
        {
            var code = (int)status;
            End(new CallEnd(LlmOutcome.Error, code.ToString(CultureInfo.InvariantCulture)), status: code);
        }
        else
        {
            End(CallEnd.Of(exception, isDeadline: false));
        }
    }

    /// <summary>Notes an exception that passes by. Never true, so that a filter lets it pass untouched.</summary>
    public bool Sees(Exception exception)
    {
        Fail(exception);
        return false;
    }

    private Activity? StartActivity()
    {
        var current = Activity.Current;
        try
        {
            return _layers.IsBeneath ? null : LlmActivity.Start(_runtime.Activities, Key());
        }
        catch (Exception exception)
        {
            // A sampler or listener of the app's. What it had started already must not stay current.
            Activity.Current = current;
            _runtime.Diagnostics.Failed(Losses.Observation, exception);
            return null;
        }
    }

    private void Activate()
    {
        _active = _runtime.Recorder.Bind(FactKind.ActiveLlmCall, Key());
        _active?.Add(1);
    }

    private void OnChunk()
    {
        var now = _pausedAt - _held;
        if (_firstChunk is null)
        {
            _firstChunk = now;
            if (!_layers.IsSeenBeneath)
            {
                Flow.Run(static state => ((ClientCall)state!).BindChunks(), this);
            }
        }
        else
        {
            _chunks?.Record(_runtime.Time.GetElapsedTime(_previousChunk, now).TotalSeconds);
        }

        _previousChunk = now;
    }

    private void BindChunks() => _chunks = _runtime.Recorder.Bind(FactKind.LlmChunk, Key());

    private void End(CallEnd end, bool isBrokenOff = false, int status = 0)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            var ending = new Ending(this, end, isBrokenOff, status);
            Guard(call => call.Flow.Run(static state => ((Ending)state!).Report(), ending));
        }
    }

    private void Guard(Action<ClientCall> action)
    {
        try
        {
            action(this);
        }
        catch (Exception exception)
        {
            _runtime.Diagnostics.Failed(Losses.Observation, exception);
        }
    }

    private FactData Key()
    {
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.Provider] = _plan.Who.Provider;
        fact.KeyFields[(int)FactField.Operation] = _plan.Operation;
        fact.KeyFields[(int)FactField.RequestModel] = _plan.Model;
        fact.KeyFields[(int)FactField.ResponseModel] = Notes.Model;
        fact.KeyFields[(int)FactField.ServerAddress] = _plan.Who.Address?.Host;
        fact.Closed.ServerPort = _plan.Who.Address?.Port ?? 0;
        fact.Closed.Streaming = _plan.IsStream;
        return fact;
    }

    /// <summary>How the call ended, on its way into the context that the call was made in.</summary>
    private sealed class Ending(ClientCall call, CallEnd end, bool isBrokenOff, int status)
    {
        private const int TooManyRequests = 429;

        public void Report()
        {
            call._active?.Add(-1);
            var own = Fact();
            var fact = own;
            var isSettled = call._layers.Close(ref fact, call._started);
            ref readonly var told = ref own;
            if (isSettled && !call._layers.IsSplit)
            {
                told = ref fact;
            }

            LlmActivity.Describe(call._activity, in told, call.Notes.ResponseId, call.Notes.FinishReason);
            if (isSettled)
            {
                call._layers.Complete(in fact);
            }

            LlmActivity.Stop(call._activity);
        }

        private FactData Fact()
        {
            var fact = call.Key();
            fact.Trace = (call._activity ?? Activity.Current)?.Context ?? default;
            fact.Span = call._activity;
            var isUsageKnown = call.Notes.Usage?.TryWrite(call._plan.Operation, ref fact) ?? false;
            fact.Set(FactValue.Characters, call.Notes.Characters);
            fact.Set(FactValue.Images, call.Notes.Images);
            fact.KeyFields[(int)FactField.ErrorType] = end.ErrorType;
            fact.Closed.HasOutcome = true;
            fact.Closed.Outcome = (int)end.Outcome;
            fact.Closed.StatusCode = status;
            fact.Closed.RateLimited = status == TooManyRequests;
            fact.Closed.UsageSource = (int)(isUsageKnown ? UsageSource.Provider : UsageSource.None);
            var isOtherUsageKnown = call.Notes.Characters is not null || call.Notes.Images is not null;
            fact.Closed.UsageMissing = (int)(isUsageKnown || isOtherUsageKnown
                ? UsageMissingReason.None
                : WhyMissing());
            fact.Set(FactValue.Duration, Since(call._plan.IsStream ? EndOfStream() : call.Now));
            fact.Set(FactValue.TimeToFirstChunk, call._firstChunk is { } first ? Since(first) : null);
            return fact;
        }

        private long EndOfStream() => Math.Max(call._started, isBrokenOff ? call._pausedAt - call._held : call.Now);

        private TimeSpan? Since(long timestamp) => call._runtime.Time.GetElapsedTime(call._started, timestamp);

        private UsageMissingReason WhyMissing()
        {
            if (end is { Outcome: LlmOutcome.Error, IsTimeout: false } && !call._isAnswered)
            {
                // A refused call used nothing that could be missing.
                return UsageMissingReason.None;
            }

            return isBrokenOff || end.Outcome != LlmOutcome.Ok
                ? UsageMissingReason.Aborted
                : UsageMissingReason.NotReported;
        }
    }
}
