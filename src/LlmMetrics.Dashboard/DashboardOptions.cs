namespace LlmMetrics;

/// <summary>
/// Settings of the live page. They bind from the section <c>LlmMetrics:Dashboard</c>; what code sets wins. They are
/// read once, at start.
/// </summary>
public sealed class DashboardOptions
{
    /// <summary>Time that one point of a chart stands for. The page asks for news as often.</summary>
    /// <value>5 seconds. From 1 second to 5 minutes.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How far back the charts go.</summary>
    /// <value>30 minutes. From 10 to 1,440 intervals.</value>
    /// <remarks>Each interval takes about 1.3 kB of memory, whether or not anything happened.</remarks>
    public TimeSpan History { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How many models, agents, features and workflows are told apart, each.</summary>
    /// <value>100. From 1 to 10,000.</value>
    /// <remarks>Calls of further ones are added up as <c>__other__</c>. Each takes about 1.5 kB of memory.</remarks>
    public int MaxRows { get; set; } = 100;
}
