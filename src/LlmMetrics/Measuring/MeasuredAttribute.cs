namespace LlmMetrics;

/// <summary>
/// Measures each call of a method: how often, how long, how it ended. The source generator that comes with this package
/// makes it work, without reflection.
/// </summary>
/// <remarks>
/// <para>On a method of an interface: register the implementation with
/// <c>services.AddMeasured&lt;IAgent, PdfAgent&gt;()</c>, and what is resolved measures.</para>
/// <para>On a method of a class: direct calls of it in the same project are measured. Calls through an interface,
/// <c>base.</c> calls, delegates, <c>dynamic</c> and calls with open type arguments are not, and a warning says so.
/// </para>
/// </remarks>
/// <param name="name">
/// Name of the agent, workflow, tool or function. It becomes a tag or part of a metric's name.
/// </param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class MeasuredAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>What the method is.</summary>
    /// <value>The default is <see cref="MeasuredKind.Agent"/>.</value>
    public MeasuredKind Kind { get; set; }
}
