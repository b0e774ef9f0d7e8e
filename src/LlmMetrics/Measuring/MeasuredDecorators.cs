using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace LlmMetrics;

/// <summary>
/// The decorators that are generated for interfaces with <see cref="MeasuredAttribute"/>. Not meant for use by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MeasuredDecorators
{
    /// <summary>Makes a decorator known; the generated code does so when its assembly is loaded.</summary>
    /// <typeparam name="TService">The interface.</typeparam>
    /// <param name="decorate">Puts the decorator around an implementation.</param>
    public static void Add<TService>(Func<TService, LlmMetricsRuntime, TService> decorate)
        where TService : class => Of<TService>.Decorate = decorate;

    internal static Func<TService, LlmMetricsRuntime, TService>? Find<TService>()
        where TService : class
    {
        if (Of<TService>.Decorate is null)
        {
            // Nothing of the interface's assembly may have run so far.
            RuntimeHelpers.RunModuleConstructor(typeof(TService).Module.ModuleHandle);
        }

        return Of<TService>.Decorate;
    }

    private static class Of<TService>
    {
        public static volatile Func<TService, LlmMetricsRuntime, TService>? Decorate;
    }
}
