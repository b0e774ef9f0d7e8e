using LlmMetrics.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics;

/// <summary>Measures the commands of Entity Framework Core.</summary>
public static class LlmMetricsDbContextOptionsExtensions
{
    /// <summary>
    /// Measures each command that a context sends: operation, table, outcome, duration and rows. A command that a
    /// wrapped data source measures already counts once.
    /// </summary>
    /// <param name="options">The options of the context.</param>
    /// <param name="services">The container that <c>AddLlmMetrics()</c> was called on.</param>
    /// <param name="pool">Name of the connection pool, a tag: a constant such as <c>main</c>; none by default.</param>
    /// <returns>The options.</returns>
    /// <remarks>Statements, parameters and messages of errors are never recorded.</remarks>
    public static DbContextOptionsBuilder AddLlmMetrics(
        this DbContextOptionsBuilder options, IServiceProvider services, string? pool = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return options.AddLlmMetrics(services.GetRequiredService<LlmMetricsRuntime>(), pool);
    }

    /// <summary>The same without a container.</summary>
    /// <param name="options">The options of the context.</param>
    /// <param name="runtime">The running library.</param>
    /// <param name="pool">Name of the connection pool, a tag: a constant such as <c>main</c>; none by default.</param>
    /// <returns>The options.</returns>
    public static DbContextOptionsBuilder AddLlmMetrics(
        this DbContextOptionsBuilder options, LlmMetricsRuntime runtime, string? pool = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(runtime);
        var known = options.Options.FindExtension<CoreOptionsExtension>()?.Interceptors;
        return known?.OfType<CommandInterceptor>().Any(other => other.Runtime == runtime) == true
            ? options
            : options.AddInterceptors(CommandInterceptor.For(runtime, pool));
    }
}
