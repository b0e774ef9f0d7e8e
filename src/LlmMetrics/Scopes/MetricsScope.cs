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

    /// <summary>
    /// Leaves the scope. Doing so twice changes nothing; leaving it before a scope inside it lets that one go on.
    /// </summary>
    public void Dispose() => _frame?.Leave();

    /// <inheritdoc/>
    public bool Equals(MetricsScope other) => ReferenceEquals(_frame, other._frame);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MetricsScope other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _frame?.GetHashCode() ?? 0;
}
