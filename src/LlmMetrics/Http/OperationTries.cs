using System.Runtime.InteropServices;
using LlmMetrics.Facts;

namespace LlmMetrics.Http;

/// <summary>
/// The tries that one operation takes, as a handler within the retry handler counts them. Hedged tries run at the
/// same time.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct OperationTries
{
    private int _count;
    private int _refused;

    public void Begin() => Interlocked.Increment(ref _count);

    /// <summary>A try was refused for its rate.</summary>
    public void Refuse() => Interlocked.Increment(ref _refused);

    /// <summary>
    /// The operation has come to its answer, or to none. If nobody counted until now, this is the count; zero is
    /// unknown.
    /// </summary>
    /// <returns>Whether nobody counted.</returns>
    public bool Settle(int count) => Interlocked.CompareExchange(ref _count, count, 0) == 0;

    public readonly void Describe(ref FactData call)
    {
        call.Closed.Attempts = Volatile.Read(in _count);
        call.Set(
            FactValue.RateLimitHits, Volatile.Read(in _refused) is var refused and > 0 ? (long?)refused : null);
    }
}
