using System.Diagnostics;
using LlmMetrics.Collection;
using LlmMetrics.Facts;
using LlmMetrics.Scopes;

namespace LlmMetrics.Measuring;

/// <summary>What is known of a run under way. Reused; a handle is told from its predecessors by the version.</summary>
internal sealed class RunState
{
    private const string Nameless = "unknown";

    private LlmMetricsRuntime? _runtime;
    private FactKind _kind;
    private string _name = Nameless;
    private long _started;
    private ScopeFrame? _outer;
    private ScopeFrame? _around;
    private ScopeFrame? _opened;
    private Activity? _outerActivity;
    private Activity? _activity;
    private LlmOutcome _outcome;
    private string? _errorType;
    private CacheResult _cache;
    private int _version;

    public int Version => Volatile.Read(ref _version);

    /// <summary>
    /// Agents and workflows open a scope; a tool or function doesn't, and costs accordingly less. Only where a tool
    /// runs within a call that a client measures, it leaves that call: what it asks a model is never the same call.
    /// </summary>
    private bool OpensScope =>
        _kind is FactKind.AgentRun or FactKind.WorkflowRun || (_kind == FactKind.ToolRun && _around?.Call is not null);

    public void Begin(LlmMetricsRuntime runtime, FactKind kind, string? name)
    {
        _runtime = runtime;
        _kind = kind;
        _name = string.IsNullOrWhiteSpace(name) ? Nameless : TagText.Sanitise(name);
        _around = ScopeFrame.Of(runtime.Recorder);
        if (OpensScope)
        {
            _outer = ScopeFrame.Current;
            _opened = ScopeOf(runtime, kind);
            ScopeFrame.Current = _opened;
        }

        if (runtime.Options.Enabled && RunActivity.IsWanted(runtime.Activities, kind))
        {
            _outerActivity = Activity.Current;
            _activity = StartActivity(runtime, kind);
        }

        _started = runtime.Time.GetTimestamp();
    }

    public void Hit(bool hit) => _cache = hit ? CacheResult.Hit : CacheResult.Miss;

    public void Fail(string? errorType)
    {
        _outcome = LlmOutcome.Error;
        _errorType = string.IsNullOrWhiteSpace(errorType) ? ErrorTypes.Other : errorType;
    }

    public void Fail(Exception exception)
    {
        if (exception is OperationCanceledException { InnerException: not TimeoutException })
        {
            Cancel();
            return;
        }

        // HttpClient, among others, tells of its timeout by a cancellation that contains it.
        var cause = exception is OperationCanceledException ? exception.InnerException! : exception;
        Fail(ErrorTypes.Of(cause));
    }

    public void Cancel() => (_outcome, _errorType) = (LlmOutcome.Cancelled, null);

    public void Count(string item, long count)
    {
        var fact = default(FactData);
        Identify(ref fact);
        fact.KeyFields[(int)FactField.Name] = item;
        fact.Set(FactValue.Items, count);
        _runtime!.Recorder.Record(FactKind.RunItems, in fact);
    }

    /// <summary>Makes the run's scope and span current, for a step of it that others called.</summary>
    public void Enter()
    {
        if (_opened is not null)
        {
            ScopeFrame.Current = _opened;
        }

        if (_activity is not null)
        {
            Activity.Current = _activity;
        }
    }

    /// <summary>Makes current again what was so before the run.</summary>
    public void Leave()
    {
        if (_opened is not null && ScopeFrame.Current == _opened)
        {
            ScopeFrame.Current = _outer;
        }

        if (_activity is not null && Activity.Current == _activity)
        {
            Activity.Current = _outerActivity;
        }
    }

    /// <summary>Takes the right to end the run; only one handle of the version gets it, and once.</summary>
    public bool TryEnd(int version) => Interlocked.CompareExchange(ref _version, version + 1, version) == version;

    public void Record()
    {
        var runtime = _runtime!;
        if (runtime.IsEnabled(_kind))
        {
            var fact = default(FactData);
            fact.Set(FactValue.Duration, runtime.Time.GetElapsedTime(_started).TotalSeconds);
            fact.Closed.HasOutcome = true;
            fact.Closed.Outcome = (int)_outcome;
            fact.Closed.Cache = (int)_cache;
            fact.KeyFields[(int)FactField.ErrorType] = _errorType;
            fact.Span = _activity;
            fact.Trace = (_activity ?? Activity.Current)?.Context ?? default;
            Identify(ref fact);
            CountCalls(runtime.Recorder, ref fact);
            runtime.Recorder.Record(_kind, in fact);
        }

        if (_activity is not null)
        {
            StopActivity(runtime, _activity);
        }

        _opened?.Leave();
    }

    /// <summary>Forgets everything, so that a spare keeps nothing alive.</summary>
    public void Clear()
    {
        _runtime = null;
        _name = Nameless;
        _outer = null;
        _around = null;
        _opened = null;
        _outerActivity = null;
        _activity = null;
        _outcome = LlmOutcome.Ok;
        _errorType = null;
        _cache = CacheResult.None;
    }

    private Activity? StartActivity(LlmMetricsRuntime runtime, FactKind kind)
    {
        try
        {
            return RunActivity.Start(runtime.Activities, kind, _name, _around?.Agent);
        }
        catch (Exception exception)
        {
            // A sampler or listener of the app's. What it had started already must not stay current.
            Activity.Current = _outerActivity;
            runtime.Diagnostics.Failed(LossReason.Listener, exception);
            return null;
        }
    }

    private void StopActivity(LlmMetricsRuntime runtime, Activity activity)
    {
        try
        {
            RunActivity.Stop(activity, _outcome, _errorType);
        }
        catch (Exception exception)
        {
            // The activity has ended, but a listener that throws keeps it current.
            if (Activity.Current == activity)
            {
                Activity.Current = _outerActivity;
            }

            runtime.Diagnostics.Failed(LossReason.Listener, exception);
        }
    }

    private static FactField FieldOf(FactKind kind) => kind switch
    {
        FactKind.AgentRun => FactField.Agent,
        FactKind.WorkflowRun => FactField.Workflow,
        FactKind.ToolRun => FactField.Tool,
        _ => FactField.Function,
    };

    private ScopeFrame ScopeOf(LlmMetricsRuntime runtime, FactKind kind)
    {
        var frame = new ScopeFrame
        {
            Runtime = runtime,
            Outer = _outer,
            Call = kind == FactKind.ToolRun ? null : _around?.Call,
            Feature = _around?.Feature,
            Task = _around?.Task,
            Agent = kind == FactKind.AgentRun ? _name : _around?.Agent,
            Workflow = kind == FactKind.WorkflowRun ? _name : _around?.Workflow,
            Tenant = _around?.Tenant,
            AgentFrame = _around?.AgentFrame,
        };
        if (kind == FactKind.AgentRun)
        {
            frame.AgentFrame = frame;
        }

        return frame;
    }

    /// <summary>What an agent's run made. None is zero only where the app tells of such calls at all.</summary>
    private void CountCalls(Recorder recorder, ref FactData fact)
    {
        if (_kind != FactKind.AgentRun || _opened is not { } frame)
        {
            return;
        }

        if (recorder.HasSeen(FactKind.LlmCall))
        {
            fact.Set(FactValue.InferenceCalls, (long?)frame.InferenceCalls);
        }

        if (recorder.HasSeen(FactKind.ToolRun))
        {
            fact.Set(FactValue.ToolCalls, (long?)frame.ToolCalls);
        }
    }

    private void Identify(ref FactData fact)
    {
        fact.KeyFields[(int)FieldOf(_kind)] = _name;
        (_opened ?? _around)?.Fill(ref fact.KeyFields);
    }
}
