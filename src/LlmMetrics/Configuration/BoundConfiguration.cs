using Microsoft.Extensions.Configuration;

namespace LlmMetrics.Configuration;

/// <summary>Configuration that the options are bound to, for who wants to know when it changes.</summary>
/// <remarks>
/// The options framework's own change tokens would not do: they make every monitor of the options throw into the
/// thread of their source when they become wrong.
/// </remarks>
/// <param name="Section">The section; null if the host has no configuration.</param>
internal sealed record BoundConfiguration(IConfiguration? Section);
