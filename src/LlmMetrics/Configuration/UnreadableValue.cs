namespace LlmMetrics.Configuration;

/// <summary>A value of the configuration that the binder could not turn into what the option is.</summary>
/// <param name="Path">Its key.</param>
/// <param name="Text">The value.</param>
/// <param name="Type">Name of the option's type.</param>
internal sealed record UnreadableValue(string Path, string Text, string Type)
{
    private const string Before = "value '";
    private const string Between = "' at '";
    private const string After = "' to type '";

    private static readonly (string Type, string Allowed)[] _allowed =
    [
        ("System.Boolean", "true or false"),
        ("System.Int32", "a whole number, at most 2147483647"),
        ("System.Int64", "a whole number"),
        ("System.Double", "a number"),
        ("System.TimeSpan", "a time such as 00:00:30"),
    ];

    /// <summary>
    /// Reads the binder's message, the only place that tells which value it was; null if it says something else.
    /// </summary>
    public static UnreadableValue? Find(InvalidOperationException exception)
    {
        var message = exception.Message;
        var after = message.LastIndexOf(After, StringComparison.Ordinal);
        var between = after < 0 ? -1 : message.LastIndexOf(Between, after, StringComparison.Ordinal);
        var before = message.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return between < before || before < Before.Length
            ? null
            : new UnreadableValue(
                message[(between + Between.Length)..after],
                message[before..between],
                message[(after + After.Length)..].TrimEnd('.', '\''));
    }

    public string Describe(IReadOnlyList<Type> enums)
    {
        if (Type.Contains("System.Uri", StringComparison.Ordinal))
        {
            return $"{Path} (not shown) cannot be read; it must be an absolute http or https URL.";
        }

        return $"{Path} is '{Text}'; it must be {Allowed(enums)}.";
    }

    private string Allowed(IReadOnlyList<Type> enums)
    {
        foreach (var known in enums)
        {
            if (Type.Contains(known.FullName!, StringComparison.Ordinal))
            {
                return $"one of {string.Join(", ", Enum.GetNames(known))}";
            }
        }

        return Array.Find(_allowed, known => Type.Contains(known.Type, StringComparison.Ordinal)).Allowed
            ?? $"of the type {Type}";
    }
}
