namespace Quickstart.Workload;

/// <summary>What the app itself saw of a run: after the retries of the official client.</summary>
/// <param name="Answered">Requests and workflows that were answered.</param>
/// <param name="Left">Streams that the app left midway.</param>
/// <param name="Failed">Requests and workflows that failed for good.</param>
public sealed record WorkResult(int Answered, int Left, int Failed);
