namespace LlmMetrics.Pricing;

/// <summary>When a price holds: from a day on, at a time of day, for a service tier. All of it must hold.</summary>
internal sealed class PriceConstraint
{
    /// <summary>First day of the price, in UTC.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>Beginning of the daily window, in UTC; null without a window.</summary>
    public TimeSpan? StartTime { get; init; }

    /// <summary>End of the daily window, exclusive. One before the beginning runs across midnight.</summary>
    public TimeSpan EndTime { get; init; }

    /// <summary>The tier that this price is for; null is the tier that providers serve by default.</summary>
    public string? ServiceTier { get; init; }

    public bool HoldsAt(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        if (StartDate > DateOnly.FromDateTime(utc))
        {
            return false;
        }

        if (StartTime is not { } start)
        {
            return true;
        }

        var time = utc.TimeOfDay;
        return start < EndTime ? time >= start && time < EndTime : time >= start || time < EndTime;
    }
}
