namespace LlmMetrics;

/// <summary>A figure that a plan or a report needs is missing, wrong or could not be read.</summary>
public sealed class WorkloadException : Exception
{
    /// <summary>Makes an exception about one figure or source.</summary>
    /// <param name="figure">What is wrong: the option, the metric, the file or the address.</param>
    /// <param name="message">What is wrong with it and what to do.</param>
    /// <param name="isSource">Whether a source could not be read, as opposed to a figure that is wrong.</param>
    /// <param name="inner">What caused it.</param>
    public WorkloadException(string figure, string message, bool isSource = false, Exception? inner = null)
        : base(message, inner)
    {
        Figure = figure;
        IsSource = isSource;
    }

    /// <summary>What is wrong: the option, the metric, the file or the address.</summary>
    public string Figure { get; }

    /// <summary>Whether a source could not be read (true), or a figure is wrong or missing (false).</summary>
    /// <value>False.</value>
    public bool IsSource { get; }
}
