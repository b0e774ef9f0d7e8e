namespace LlmMetrics.Configuration;

/// <summary>Says of options that are out of range what they are and what they may be.</summary>
internal static class OptionRange
{
    public static void Check<T>(List<string> errors, string key, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            errors.Add($"{key} is {value}; it must be between {min} and {max}.");
        }
    }
}
