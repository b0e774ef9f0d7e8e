using LlmMetrics.Configuration;
using LlmMetrics.Export;
using LlmMetrics.Profiles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LlmMetrics;

/// <summary>What can be added to LlmMetrics.</summary>
public static class LlmMetricsBuilderExtensions
{
    private static readonly ExportSchedule _defaultSchedule = new();

    /// <summary>Binds the options from a section of the host's configuration.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="section">Path of the section.</param>
    /// <returns>The builder.</returns>
    public static ILlmMetricsBuilder BindConfiguration(
        this ILlmMetricsBuilder builder, string section = LlmMetricsNames.ConfigurationSection)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IConfigureOptions<LlmMetricsOptions>>(Bound);
        builder.Services.AddSingleton<IValidateOptions<LlmMetricsOptions>>(Bound);
        builder.Services.AddSingleton(services =>
            new BoundConfiguration(services.GetService<IConfiguration>()?.GetSection(section)));
        return builder;

        BoundOptions Bound(IServiceProvider services) =>
            new(services.GetService<IConfiguration>()?.GetSection(section));
    }

    /// <summary>Binds the options from a section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="section">The section.</param>
    /// <returns>The builder.</returns>
    public static ILlmMetricsBuilder BindConfiguration(this ILlmMetricsBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        var bound = new BoundOptions(section);
        builder.Services.AddSingleton<IConfigureOptions<LlmMetricsOptions>>(bound);
        builder.Services.AddSingleton<IValidateOptions<LlmMetricsOptions>>(bound);
        builder.Services.AddSingleton(new BoundConfiguration(section));
        return builder;
    }

    /// <summary>Uses a profile. Several can be used at once; the first call replaces the default.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="profile">The profile.</param>
    /// <returns>The builder.</returns>
    public static ILlmMetricsBuilder AddProfile(this ILlmMetricsBuilder builder, MetricProfile profile)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(profile);
        builder.Services.AddSingleton(new ProfileRegistration(profile));
        return builder;
    }

    /// <summary>Adds an exporter that is a delegate, called every 60 seconds and at shutdown.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="export">Exports a snapshot; see <see cref="IMetricsExporter.ExportAsync"/>.</param>
    /// <param name="name">Its name in logs and self-metrics.</param>
    /// <param name="schedule">Interval and timeout.</param>
    /// <returns>The builder.</returns>
    public static ILlmMetricsBuilder AddExporter(
        this ILlmMetricsBuilder builder, Func<MetricsSnapshot, CancellationToken, ValueTask> export,
        string name = "custom", ExportSchedule? schedule = null)
    {
        ArgumentNullException.ThrowIfNull(export);
        return builder.AddExporter(name, _ => new DelegateExporter(export), _ => schedule ?? _defaultSchedule);
    }

    /// <summary>Adds an exporter that is a class, made by the container and kept.</summary>
    /// <typeparam name="TExporter">The class.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name in logs and self-metrics; that of the class by default.</param>
    /// <param name="schedule">Interval and timeout.</param>
    /// <returns>The builder.</returns>
    public static ILlmMetricsBuilder AddExporter<
        [System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(
            System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)]
        TExporter>(
        this ILlmMetricsBuilder builder, string? name = null, ExportSchedule? schedule = null)
        where TExporter : class, IMetricsExporter
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<TExporter>();
        return builder.AddExporter(
            name ?? typeof(TExporter).Name,
            static services => services.GetRequiredService<TExporter>(),
            _ => schedule ?? _defaultSchedule);
    }

    /// <summary>Adds an exporter that is made by a delegate: what adapters use.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name in logs and self-metrics.</param>
    /// <param name="create">Makes it; it is asked once.</param>
    /// <param name="schedule">Gives interval and timeout; the defaults without it.</param>
    /// <returns>The builder.</returns>
    public static ILlmMetricsBuilder AddExporter(
        this ILlmMetricsBuilder builder, string name, Func<IServiceProvider, IMetricsExporter> create,
        Func<IServiceProvider, ExportSchedule>? schedule = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        builder.Services.AddSingleton(
            new ExporterRegistration(name, create, schedule ?? (static _ => _defaultSchedule)));
        return builder;
    }

    /// <summary>Adds a tag to the metrics of calls that have ended, with a value taken from the call.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Name of the tag.</param>
    /// <param name="value">Gives the value. What it throws is counted, and the tag left out.</param>
    /// <returns>The builder.</returns>
    /// <remarks>Values are bounded by the cardinality guard. At most four tags can be added.</remarks>
    public static ILlmMetricsBuilder AddTag(this ILlmMetricsBuilder builder, string name, LlmCallTag value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(value);
        return builder.AddEnricher(new TagEnricher(name, value, Ambient: null));
    }

    /// <summary>Adds a tag to the metrics of calls, agents, tools and workflows, with a value of the moment.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Name of the tag.</param>
    /// <param name="value">Gives the value. What it throws is counted, and the tag left out.</param>
    /// <returns>The builder.</returns>
    /// <remarks>Values are bounded by the cardinality guard. At most four tags can be added.</remarks>
    public static ILlmMetricsBuilder AddTag(this ILlmMetricsBuilder builder, string name, Func<string?> value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(value);
        return builder.AddEnricher(new TagEnricher(name, OfCall: null, value));
    }

    /// <summary>Uses these prices instead of the embedded ones.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="prices">The prices.</param>
    /// <returns>The builder.</returns>
    public static ILlmMetricsBuilder AddPrices(this ILlmMetricsBuilder builder, PriceCatalogue prices)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(prices);
        builder.Services.RemoveAll<PriceCatalogue>().AddSingleton(prices);
        return builder;
    }

    /// <summary>
    /// Puts the prices of a file before the embedded ones, and reads it again when it changes: this library's format,
    /// that of genai-prices, or LiteLLM's. Several files can be added; the last one wins.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">
    /// Path of the file, of at most 32 MiB. A relative one begins at the host's content root.
    /// </param>
    /// <returns>The builder.</returns>
    /// <remarks>A missing or broken file never stops the app; see <see cref="PriceOptions.Files"/>.</remarks>
    public static ILlmMetricsBuilder AddPrices(this ILlmMetricsBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        builder.Services.PostConfigure<LlmMetricsOptions>(options => options.Prices.Files.Add(path));
        return builder;
    }

    /// <summary>
    /// Estimates the tokens of calls over HTTP whose provider told none, by the length of what passed through: one
    /// token per four bytes of UTF-8.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// Estimates are kept apart from what providers count: in <c>llm.tokens.estimated</c>, with
    /// <see cref="UsageSource.Estimated"/> in facts and <c>source="estimated"</c> on their cost. The call still counts
    /// in <c>llm.usage.missing</c>. Only lengths are kept, never text. Every event of every answer is then read.
    /// </remarks>
    public static ILlmMetricsBuilder AddTokenEstimation(this ILlmMetricsBuilder builder) =>
        builder.AddTokenEstimation(new Llm.LengthTokenEstimator());

    /// <summary>Estimates the tokens of calls over HTTP whose provider told none, in a way of one's own.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="estimator">Turns lengths into tokens.</param>
    /// <returns>The builder.</returns>
    /// <remarks>As <see cref="AddTokenEstimation(ILlmMetricsBuilder)"/>.</remarks>
    public static ILlmMetricsBuilder AddTokenEstimation(this ILlmMetricsBuilder builder, ITokenEstimator estimator)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(estimator);
        builder.Services.RemoveAll<ITokenEstimator>().AddSingleton(estimator);
        return builder;
    }

    private static ILlmMetricsBuilder AddEnricher(this ILlmMetricsBuilder builder, TagEnricher enricher)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var count = builder.Services.Count(static service => service.ServiceType == typeof(TagEnricher));
        if (count == Facts.FactData.MaxEnriched)
        {
            throw new InvalidOperationException($"At most {Facts.FactData.MaxEnriched} tags can be added.");
        }

        builder.Services.AddSingleton(enricher);
        return builder;
    }
}
