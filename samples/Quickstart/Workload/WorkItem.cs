namespace Quickstart.Workload;

/// <summary>One request of the workload.</summary>
/// <param name="Kind">How it is sent.</param>
/// <param name="Model">Model asked for.</param>
/// <param name="System">System prompt; the same long one for many, so that a provider can cache it.</param>
/// <param name="Question">What is asked.</param>
/// <param name="IncludeUsage">Whether a plain stream asks for its usage.</param>
/// <param name="LeaveAfter">Chunks after which the client leaves the stream; null to read it all.</param>
public sealed record WorkItem(
    WorkKind Kind, string Model, string System, string Question, bool IncludeUsage, int? LeaveAfter);
