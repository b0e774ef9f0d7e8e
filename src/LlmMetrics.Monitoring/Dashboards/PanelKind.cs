namespace LlmMetrics.Monitoring;

/// <summary>How a panel shows its figures.</summary>
public enum PanelKind
{
    /// <summary>One big figure, coloured by thresholds.</summary>
    Stat,

    /// <summary>Lines over time.</summary>
    TimeSeries,

    /// <summary>Bars over time, stacked.</summary>
    StackedBars,

    /// <summary>One bar for each series, the longest first.</summary>
    BarGauge,

    /// <summary>Shares of a whole.</summary>
    PieChart,

    /// <summary>A figure on a scale between two ends.</summary>
    Gauge,

    /// <summary>Rows of labels and figures.</summary>
    Table,
}
