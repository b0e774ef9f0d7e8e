using LlmMetrics.Generators.Models;

namespace LlmMetrics.Generators.Interception;

/// <summary>A call to intercept.</summary>
/// <param name="Location">The compiler's attribute that names the place.</param>
/// <param name="Target">What is called.</param>
internal sealed record CallModel(string Location, TargetModel Target);
