namespace LlmMetrics.Testing;

/// <summary>The server refused a query.</summary>
public sealed class PromQueryException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="PromQueryException"/> class.</summary>
    public PromQueryException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="PromQueryException"/> class.</summary>
    /// <param name="message">The query and the server's words.</param>
    public PromQueryException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="PromQueryException"/> class.</summary>
    /// <param name="message">The query and the server's words.</param>
    /// <param name="innerException">The cause.</param>
    public PromQueryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
