using System.Diagnostics;
using LlmMetrics.Measuring;
using LlmMetrics.Scopes;

namespace LlmMetrics.AI.Calls;

/// <summary>
/// Runs the steps of a call with its scope and span current. Each step sees the context of who asks for it, as it
/// would without this, and leaves that context as it was.
/// </summary>
/// <remarks>The context with both in it is made once for each context of a caller, so that most steps cost a switch.
/// </remarks>
internal sealed class CallFlow(ScopeFrame scope)
{
    private ExecutionContext? _caller;
    private ExecutionContext? _inside;
    private Func<Activity?>? _starting;
    private Activity? _activity;

    /// <summary>Starts the call's span, if there is to be one.</summary>
    public Activity? Start(Func<Activity?> start)
    {
        (_starting, _caller) = (start, null);
        Run(static _ => { }, this);
        return _activity;
    }

    public void Run(ContextCallback step, object state)
    {
        if (ExecutionContext.Capture() is not { } caller)
        {
            RunWithoutFlow(step, state);
            return;
        }

        if (!ReferenceEquals(caller, _caller))
        {
            ExecutionContext.Run(caller, static flow => ((CallFlow)flow!).Prepare(), this);
            _caller = caller;
        }

        ExecutionContext.Run(_inside!, step, state);
    }

    public T Run<T>(Func<T> step)
    {
        var once = new Step<T>(step);
        Run(static state => ((Step<T>)state!).Take(), once);
        return once.Result!;
    }

    private void Prepare()
    {
        Enter();
        _inside = ExecutionContext.Capture();
    }

    private void Enter()
    {
        ScopeFrame.Current = scope;
        if (_starting is { } start)
        {
            _starting = null;
            _activity = start();
        }
        else if (_activity is not null)
        {
            Activity.Current = _activity;
        }
    }

    private void RunWithoutFlow(ContextCallback step, object state)
    {
        var ambient = Ambient.Current;
        try
        {
            Enter();
            step(state);
        }
        finally
        {
            ambient.Restore();
        }
    }

    private sealed class Step<T>(Func<T> step)
    {
        public T? Result { get; private set; }

        public void Take() => Result = step();
    }
}
