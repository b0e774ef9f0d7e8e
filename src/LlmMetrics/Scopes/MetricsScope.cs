using LlmMetrics.Scopes;

namespace LlmMetrics;

/// <summary>A scope that attributes what happens in it. Dispose it to leave it.</summary>
public readonly struct MetricsScope : IDisposable, IEquatable<MetricsScope>
{
    private readonly ScopeFrame? _frame;

    internal MetricsScope(ScopeFrame frame) => _frame = frame;

    /// <summary>Compares two scopes.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(MetricsScope left, MetricsScope right) => left.Equals(right);

    /// <summary>Compares two scopes.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(MetricsScope left, MetricsScope right) => !left.Equals(right);

    /// <summary>Leaves the scope. Doing so twice, or out of order, changes nothing.</summary>
    public void Dispose()
    {
        if (_frame is not null && ScopeFrame.Current == _frame)
        {
            ScopeFrame.Current = _frame.Outer;
        }
    }

    /// <inheritdoc/>
    public bool Equals(MetricsScope other) => ReferenceEquals(_frame, other._frame);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MetricsScope other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _frame?.GetHashCode() ?? 0;
}
