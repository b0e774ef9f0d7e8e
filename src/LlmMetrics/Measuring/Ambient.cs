using System.Diagnostics;
using LlmMetrics.Scopes;

namespace LlmMetrics.Measuring;

/// <summary>What flows with the code of a caller and is to be as it was.</summary>
internal readonly struct Ambient
{
    private readonly ScopeFrame? _scope;
    private readonly Activity? _activity;

    private Ambient(ScopeFrame? scope, Activity? activity) => (_scope, _activity) = (scope, activity);

    public static Ambient Current => new(ScopeFrame.Current, Activity.Current);

    public void Restore()
    {
        if (ScopeFrame.Current != _scope)
        {
            ScopeFrame.Current = _scope;
        }

        if (Activity.Current != _activity)
        {
            Activity.Current = _activity;
        }
    }
}
