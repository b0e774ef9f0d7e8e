using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LlmMetrics.EndToEnd.Tests;

/// <summary>
/// Wrong options stop the start: each is named with its key, its value and what is allowed, all of them at once, of
/// the core and of every adapter.
/// </summary>
public sealed class StartErrorTests
{
    // An option that is true or false cannot be wrong.
    private static readonly HashSet<Type> _alwaysRight = [typeof(bool)];

    /// <summary>Values of options rather than options of something.</summary>
    private static readonly HashSet<Type> _parts =
    [
        typeof(CardinalityOptions), typeof(ActiveUsersOptions), typeof(BudgetOptions), typeof(PriceOptions),
        typeof(ModelPriceOptions), typeof(ModelAliasOptions),
    ];

    [Fact]
    public void Cases_EveryOptionOfEveryPackage_AreThere()
    {
        var known = OptionCase.All.Select(static test => (test.Options, test.Property)).ToHashSet();
        var assemblies = new[]
        {
            typeof(LlmMetricsOptions).Assembly, typeof(JsonFileOptions).Assembly, typeof(LlmOtlpOptions).Assembly,
            typeof(PrometheusOptions).Assembly,
        };
        var options = assemblies.SelectMany(static assembly => assembly.GetExportedTypes())
            .Where(static type => type.Name.EndsWith("Options", StringComparison.Ordinal)
                && !_parts.Contains(type))
            .ToList();

        Assert.Equal(7, options.Count);
        Assert.Empty(
            from type in options
            from property in type.GetProperties()
            where !_alwaysRight.Contains(property.PropertyType) && !known.Contains((type, property.Name))
            select $"{type.Name}.{property.Name} has no case");
    }

    [Fact]
    public async Task Start_EveryOptionWrong_NamesAllInOneMessage()
    {
        using var host = Build([], OptionCase.All);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());

        Verify(OptionCase.All, error);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Contains("Exporter 'mine': Interval is 00:00:00; it must be", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OneOptionWrong_NamesThatOnly()
    {
        foreach (var test in OptionCase.All)
        {
            using var host = Build([], [test], isExporterWrong: false);

            var error = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => host.StartAsync());

            Assert.Single(error.Failures);
            Verify([test], error);
        }
    }

    [Fact]
    public void Create_WithoutHost_NamesAllInOneMessage()
    {
        var error = Assert.ThrowsAny<Exception>(
            () => LlmMetricsRuntime.Create(builder => Add(builder, OptionCase.All)));

        Verify(OptionCase.All, error);
    }

    [Theory]
    [InlineData("LlmMetrics:CollectTimeout", "soon")]
    [InlineData("LlmMetrics:Enabled", "perhaps")]
    [InlineData("LlmMetrics:Cardinality:MaxValuesPerField", "many")]
    [InlineData("LlmMetrics:Cardinality:MaxValues:Agent", "few")]
    [InlineData("LlmMetrics:Cardinality:MaxValues:Colour", "names no field; fields are Provider")]
    [InlineData("LlmMetrics:Otlp:Endpoint", "http://user:secret@[host")]
    [InlineData("LlmMetrics:JsonFile:Interval", "a minute")]
    [InlineData("LlmMetrics:JsonFile:MaxFiles", "1e3")]
    [InlineData("LlmMetrics:JsonFile:Compress", "yes please")]
    [InlineData("LlmMetrics:Otlp:Protocol", "http/json")]
    [InlineData("LlmMetrics:Otlp:Timeout", "10s")]
    [InlineData("LlmMetrics:Prometheus:Port", "http")]
    [InlineData("LlmMetrics:Prometheus:IncludeTargetInfo", "si")]
    public async Task Start_ValueThatCannotBeRead_IsNamedWithWhateverElseIsWrong(string key, string value)
    {
        using var host = Build(new() { [key] = value }, OptionCase.All.Where(test =>
            !key.StartsWith(test.Key[..test.Key.LastIndexOf(':')], StringComparison.Ordinal)));

        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());

        Assert.Contains(key, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            !value.Contains("secret", StringComparison.Ordinal),
            error.Message.Contains(value, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Contains("AddLlmMetricsHandler(llm):ProviderHosts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ManyValuesThatCannotBeRead_NamesEachAndWhatElseIsWrong()
    {
        using var host = Build(new()
        {
            ["LlmMetrics:CollectTimeout"] = "soon",
            ["LlmMetrics:Enabled"] = "perhaps",
            ["LlmMetrics:ShutdownTimeout"] = "1.00:00:00",
            ["LlmMetrics:Cardinality:MaxSeriesPerMetric"] = "99999999999",
            ["LlmMetrics:Cardinality:MaxValues:Colour"] = "5",
            ["LlmMetrics:Budgets:0:Name"] = "daily",
            ["LlmMetrics:Budgets:0:LimitUsd"] = "much",
            ["LlmMetrics:Budgets:0:Period"] = "Yearly",
            ["LlmMetrics:Otlp:Protocol"] = "smtp",
            ["LlmMetrics:Otlp:Endpoint"] = "http://user:secret@[host",
            ["LlmMetrics:Otlp:Interval"] = "00:00:00",
            ["LlmMetrics:JsonFile:Compress"] = "o'clock' at 'five",
            ["LlmMetrics:JsonFile:MaxFiles"] = "0",
            ["LlmMetrics:Prometheus:Port"] = "http",
            ["LlmMetrics:Prometheus:Host"] = "a b",
        }, [], isExporterWrong: false);

        var error = await Assert.ThrowsAsync<AggregateException>(() => host.StartAsync());

        var told = error.InnerExceptions.Cast<OptionsValidationException>().SelectMany(static one => one.Failures);
        Assert.Collection(
            told.Order(StringComparer.Ordinal),
            StartsWith([
                "LlmMetrics:Budgets:0:LimitUsd is 'much'; it must be a number.",
                "LlmMetrics:Budgets:0:LimitUsd is 0; it must be",
                "LlmMetrics:Budgets:0:Period is 'Yearly'; it must be one of Daily, Monthly.",
                "LlmMetrics:Cardinality:MaxSeriesPerMetric is '99999999999'; it must be a whole number, at most",
                "LlmMetrics:Cardinality:MaxValues:Colour names no field; fields are Provider",
                "LlmMetrics:CollectTimeout is 'soon'; it must be a time such as 00:00:30.",
                "LlmMetrics:Enabled is 'perhaps'; it must be true or false.",
                "LlmMetrics:JsonFile:Compress is 'o'clock' at 'five'; it must be true or false.",
                "LlmMetrics:JsonFile:MaxFiles is 0; it must be between 1 and 1000000.",
                "LlmMetrics:Otlp:Endpoint (not shown) cannot be read; it must be an absolute http or https URL.",
                "LlmMetrics:Otlp:Interval is 00:00:00",
                "LlmMetrics:Otlp:Protocol is 'smtp'; it must be one of HttpProtobuf, Grpc.",
                "LlmMetrics:Prometheus:Host is 'a b'",
                "LlmMetrics:Prometheus:Port is 'http'; it must be a whole number, at most 2147483647.",
                "LlmMetrics:ShutdownTimeout is 1.00:00:00",
            ]));
    }

    private static Action<string>[] StartsWith(string[] starts) => Array.ConvertAll<string, Action<string>>(
        starts, static start => text => Assert.StartsWith(start, text, StringComparison.Ordinal));

    private static void Verify(IEnumerable<OptionCase> cases, Exception error)
    {
        var errors = error is AggregateException several ? [.. several.InnerExceptions] : new[] { error };
        var failures = errors.Cast<OptionsValidationException>().SelectMany(static one => one.Failures).ToList();
        Assert.All(failures, failure => Assert.Contains(failure, error.Message, StringComparison.Ordinal));
        foreach (var test in cases)
        {
            var own = failures.Find(failure => failure.StartsWith(test.Key + " ", StringComparison.Ordinal));
            Assert.True(own is not null, $"{test.Key} is not named in: {error.Message}");
            Assert.Contains(test.Value, own, StringComparison.Ordinal);
            Assert.Contains(test.Allowed, own, StringComparison.Ordinal);
        }
    }

    private static IHost Build(
        Dictionary<string, string?> settings, IEnumerable<OptionCase> cases, bool isExporterWrong = true)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(settings);
        var metrics = builder.Services.AddLlmMetrics().BindConfiguration();
        Add(metrics, [.. cases]);
        if (isExporterWrong)
        {
            metrics.AddExporter(static (_, _) => default, "mine", new ExportSchedule { Interval = TimeSpan.Zero });
        }

        return builder.Build();
    }

    private static void Add(ILlmMetricsBuilder builder, IReadOnlyList<OptionCase> cases)
    {
        void Break<T>(T options)
            where T : class
        {
            foreach (var test in cases.Where(static test => test.Options == typeof(T)))
            {
                test.Break(options);
            }
        }

        builder.Services.AddLlmMetrics(Break)
            .AddJsonFile(Break)
            .AddOtlp(Break)
            .AddPrometheus(Break)
            .AddPrometheusListener(Break);
        builder.Services.AddHealthChecks().AddLlmMetrics("llm", configure: Break);
        builder.Services.AddHttpClient("llm").AddLlmMetricsHandler(Break);
    }
}
