namespace LlmMetrics;

/// <summary>What a measured method is.</summary>
public enum MeasuredKind
{
    /// <summary>An agent: opens a scope that attributes language-model calls to it.</summary>
    Agent,

    /// <summary>A workflow: opens a scope that attributes what happens in it to it.</summary>
    Workflow,

    /// <summary>A tool that an agent calls.</summary>
    Tool,

    /// <summary>Any other function.</summary>
    Function,
}
