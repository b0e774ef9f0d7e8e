namespace LlmMetrics.Workload.Output;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">Points in the axes' units, in order.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Number of its colour, 1 to 6.</summary>
    public int Colour { get; init; } = 1;

    /// <summary>Whether it holds its value until the next point.</summary>
    public bool IsStep { get; init; }

    /// <summary>Whether points are marked.</summary>
    public bool HasDots { get; init; }

    /// <summary>Whether it is a limit rather than data.</summary>
    public bool IsLimit { get; init; }

    /// <summary>Lower and upper ends of the points' intervals; empty without.</summary>
    public IReadOnlyList<(double Low, double High)> Intervals { get; init; } = [];
}
