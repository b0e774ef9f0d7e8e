namespace LlmMetrics.Facts;

/// <summary>What exceptions are called in tags: their type, never their message.</summary>
internal static class ErrorTypes
{
    /// <summary>What an error without a type of low cardinality is called, by the conventions.</summary>
    public const string Other = "_OTHER";

    /// <summary>What took too long, whoever set the limit.</summary>
    public const string Timeout = "timeout";

    /// <summary>The full name of the type; of a generic one without its arguments, which are many and long.</summary>
    public static string Of(Exception exception)
    {
        var type = exception.GetType();
        return (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name;
    }
}
