namespace LlmMetrics.Files;

/// <summary>A stretch of failures that is reported once when it begins and once when it ends.</summary>
internal sealed class LogEpisode
{
    private int _failures;

    /// <summary>Notes a failure.</summary>
    /// <returns>Whether it is the first one.</returns>
    public bool Begin() => ++_failures == 1;

    /// <summary>Notes a success.</summary>
    /// <param name="failures">How many failures it ends.</param>
    /// <returns>Whether it ends an episode.</returns>
    public bool End(out int failures)
    {
        failures = _failures;
        _failures = 0;
        return failures > 0;
    }
}
