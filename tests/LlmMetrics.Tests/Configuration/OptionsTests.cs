using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Tests.Configuration;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("code", "configuration", "environment", "code")]
    [InlineData(null, "configuration", "environment", "configuration")]
    [InlineData(null, null, "environment", "environment")]
    public void ServiceName_FromSeveralSources_FollowsThePrecedence(
        string? code, string? configuration, string? environment, string expected)
    {
        foreach (var isConfigurationFirst in new[] { true, false })
        {
            var options = Options(isConfigurationFirst, code, new()
            {
                ["LlmMetrics:ServiceName"] = configuration,
                ["OTEL_SERVICE_NAME"] = environment,
            });

            Assert.Equal(expected, options.ServiceName);
        }
    }

    [Fact]
    public void Environment_ResourceAttributesVersionAndSwitch_AreTaken()
    {
        var options = Options(true, null, new()
        {
            ["OTEL_SERVICE_VERSION"] = "1.2.3",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment=a%2Cb, team = x ,=broken,broken,service.name=attr",
            ["OTEL_SDK_DISABLED"] = "True",
        });

        Assert.Equal("1.2.3", options.ServiceVersion);
        Assert.False(options.Enabled);
        Assert.Equal("a,b", options.ResourceAttributes["deployment.environment"]);
        Assert.Equal("x", options.ResourceAttributes["team"]);
        Assert.Equal(3, options.ResourceAttributes.Count);
    }

    [Fact]
    public void Resource_FromTheEnvironment_TellsWhoMeasures()
    {
        using var one = Build(new() { ["OTEL_RESOURCE_ATTRIBUTES"] = "service.name=attr" });
        using var two = Build(new()
        {
            ["OTEL_SERVICE_NAME"] = "named",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "service.name=attr",
        });

        var first = one.GetRequiredService<LlmMetricsRuntime>().Resource;
        var second = two.GetRequiredService<LlmMetricsRuntime>().Resource;

        Assert.Equal("attr", first.ServiceName);
        Assert.Equal("named", second.ServiceName);
        Assert.NotEqual(first.InstanceId, second.InstanceId);
    }

    [Fact]
    public void BindConfiguration_CollectionsAndNestedOptions_AreBound()
    {
        var options = Options(true, null, new()
        {
            ["LlmMetrics:Meters:0"] = "My.Meter",
            ["LlmMetrics:DisabledInstruments:0"] = "llm.rate_limit.*",
            ["LlmMetrics:DroppedTags:0"] = "server.*",
            ["LlmMetrics:ConstantTags:region"] = "eu",
            ["LlmMetrics:Cardinality:MaxValues:Agent"] = "7",
            ["LlmMetrics:Cardinality:MaxValuesPerField"] = "50",
            ["LlmMetrics:CollectTimeout"] = "00:00:02",
            ["LlmMetrics:HideIdleAfter"] = "01:00:00",
            ["LlmMetrics:Collect"] = "false",
        });

        Assert.Contains("My.Meter", options.Meters);
        Assert.Contains("System.Runtime", options.Meters);
        Assert.Equal(["llm.rate_limit.*"], options.DisabledInstruments);
        Assert.Equal(["server.*"], options.DroppedTags);
        Assert.Equal("eu", options.ConstantTags["region"]);
        Assert.Equal(7, options.Cardinality.MaxValues[FactField.Agent]);
        Assert.Equal(50, options.Cardinality.MaxValuesPerField);
        Assert.Equal(TimeSpan.FromSeconds(2), options.CollectTimeout);
        Assert.Equal(TimeSpan.FromHours(1), options.HideIdleAfter);
        Assert.False(options.Collect);
    }

    [Fact]
    public async Task Start_WrongOptions_FailsWithAllErrorsKeysValuesAndRanges()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddLlmMetrics(static options =>
        {
            options.Cardinality.MaxValuesPerField = 0;
            options.Cardinality.MaxSeriesPerMetric = 5;
            options.Cardinality.MaxValues[FactField.Tenant] = -1;
            options.CollectTimeout = TimeSpan.Zero;
            options.ShutdownTimeout = TimeSpan.FromHours(1);
            options.HideIdleAfter = TimeSpan.Zero;
            options.Prefix = "9 lives";
            options.ServiceName = " ";
            options.DroppedTags.Add(string.Empty);
        });
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(9, error.Failures.Count());
        Assert.Contains("LlmMetrics:Cardinality:MaxValuesPerField is 0; it must be between 1 and 100000",
            error.Message, StringComparison.Ordinal);
        Assert.Contains("LlmMetrics:Cardinality:MaxValues:Tenant is -1", error.Message, StringComparison.Ordinal);
        Assert.Contains("LlmMetrics:ShutdownTimeout is 01:00:00; it must be between 00:00:00 and 00:05:00",
            error.Message, StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(() => RuntimeBuilder.Create(
            static options => options.Cardinality.MaxSeriesPerMetric = 1));
    }

    [Fact]
    public void AddLlmMetrics_TwiceInAnyOrder_AddsNothingTwice()
    {
        var services = new ServiceCollection();
        services.AddLlmMetrics(static options => options.ServiceName = "first");
        services.AddLlmMetrics().AddProfile(MetricProfile.Prefixed("shop"));
        services.AddLlmMetrics(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Prefix"] = "bound" }).Build());
        services.AddLlmMetrics().AddProfile(MetricProfile.Prefixed("shop"));
        using var provider = services.BuildServiceProvider();
        using var runtime = provider.GetRequiredService<LlmMetricsRuntime>();

        runtime.Record(new LlmCall { RequestModel = "m", InputTokens = 1 });

        Assert.Single(provider.GetServices<IHostedService>());
        Assert.Equal("first", runtime.Resource.ServiceName);
        Assert.Equal("bound", runtime.Options.Prefix);
        Assert.Equal(1, runtime.GetSnapshot().Sum("shop.llm.requests"));
        Assert.False(runtime.GetSnapshot().TryGetFamily("llm.calls", out _));
    }

    [Fact]
    public void Create_TwoRuntimes_DoNotSeeEachOther()
    {
        using var one = RuntimeBuilder.Create();
        using var two = RuntimeBuilder.Create(static options => options.Meters.Add(LlmMetricsNames.Meter));

        one.Record(new LlmCall { RequestModel = "m" });

        Assert.Equal(1, one.GetSnapshot().Sum("llm.calls"));
        Assert.False(two.GetSnapshot().TryGetFamily("llm.calls", out _));
    }

    [Fact]
    public void Enabled_False_MeasuresNothing()
    {
        using var runtime = RuntimeBuilder.Create(static options => options.Enabled = false);

        runtime.Record(new LlmCall { RequestModel = "m" });
        runtime.Business.Counter("c").Add();

        Assert.All(Enum.GetValues<FactKind>(), kind => Assert.False(runtime.IsEnabled(kind)));
        Assert.Empty(runtime.GetSnapshot().Families);
    }

    [Fact]
    public void Collect_False_MeasuresOnlyForListeners()
    {
        using var runtime = RuntimeBuilder.Create(static options => options.Collect = false);
        Assert.False(runtime.IsEnabled(FactKind.LlmCall));
        var heard = 0L;
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == runtime.Registry.Meter && instrument.Name == "llm.calls")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => heard += value);
        listener.Start();
        Assert.True(SpinWait.SpinUntil(() => runtime.IsEnabled(FactKind.LlmCall), TimeSpan.FromSeconds(20)));

        runtime.Record(new LlmCall { RequestModel = "m" });

        Assert.Equal(1, heard);
        Assert.False(runtime.GetSnapshot().TryGetFamily("llm.calls", out _));
    }

    private static LlmMetricsOptions Options(
        bool isConfigurationFirst, string? code, Dictionary<string, string?> values)
    {
        using var provider = Build(values, isConfigurationFirst, code);
        return provider.GetRequiredService<IOptions<LlmMetricsOptions>>().Value;
    }

    private static ServiceProvider Build(
        Dictionary<string, string?> values, bool isConfigurationFirst = true, string? code = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            values.Where(static value => value.Value is not null)).Build());
        if (isConfigurationFirst)
        {
            services.AddLlmMetrics().BindConfiguration();
        }

        if (code is not null)
        {
            services.AddLlmMetrics(options => options.ServiceName = code);
        }

        if (!isConfigurationFirst)
        {
            services.AddLlmMetrics().BindConfiguration();
        }

        return services.BuildServiceProvider();
    }
}
