using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LlmMetrics;

/// <summary>Registers services that measure themselves.</summary>
public static class MeasuredServiceCollectionExtensions
{
    /// <summary>
    /// Registers a service whose calls are measured as the <see cref="MeasuredAttribute"/>s of its interface say. The
    /// implementation is registered as itself too, unless it is already, and can be resolved unmeasured.
    /// </summary>
    /// <typeparam name="TService">An interface with measured methods.</typeparam>
    /// <typeparam name="TImplementation">Its implementation.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="lifetime">How long an instance lives.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">
    /// The interface has no measured methods, or its assembly was built without the generator.
    /// </exception>
    public static IServiceCollection AddMeasured<
        TService,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>(
        this IServiceCollection services, ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TService : class
        where TImplementation : class, TService
    {
        ArgumentNullException.ThrowIfNull(services);
        var decorate = MeasuredDecorators.Find<TService>() ?? throw new InvalidOperationException(
            $"Nothing is generated for {typeof(TService)}. Put [Measured] on its methods, and build its project with a "
            + "reference to the LlmMetrics package.");
        services.AddLlmMetrics();
        services.TryAdd(ServiceDescriptor.Describe(typeof(TImplementation), typeof(TImplementation), lifetime));
        services.Add(ServiceDescriptor.Describe(
            typeof(TService),
            provider => decorate(
                provider.GetRequiredService<TImplementation>(), provider.GetRequiredService<LlmMetricsRuntime>()),
            lifetime));
        return services;
    }
}
