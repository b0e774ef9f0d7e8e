using Microsoft.CodeAnalysis;

namespace LlmMetrics.Generators.Interception;

/// <summary>
/// Whether a project lets this generator intercept. Without that the compiler would refuse the interceptors, and the
/// build would break.
/// </summary>
internal static class Switch
{
    private const string Namespace = "LlmMetrics.Generated";

    public static bool IsOn(ParseOptions options) =>
        options.Features.TryGetValue("InterceptorsNamespaces", out var allowed)
        && allowed.Split(';').Any(static space => space.Trim() is Namespace or "LlmMetrics");
}
