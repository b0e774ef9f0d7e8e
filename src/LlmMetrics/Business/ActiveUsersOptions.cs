namespace LlmMetrics;

/// <summary>How active users are counted: see <see cref="BusinessMetrics.UserSeen(string?)"/>.</summary>
public sealed class ActiveUsersOptions
{
    /// <summary>How long a user counts as active after having been seen.</summary>
    /// <value>5 minutes. 1 second to 1 day.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Users that are kept at most, give or take a few per cent, at about 40 bytes each. Further ones are not counted
    /// while that many are active; <c>llmmetrics.dropped</c> {reason = <c>too_many_users</c>} says how often.
    /// </summary>
    /// <value>100,000. 100 to 10,000,000.</value>
    public int MaxUsers { get; set; } = 100_000;
}
