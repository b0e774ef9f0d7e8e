using System.Diagnostics;
using LlmMetrics.Receiver;
using LlmMetrics.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Xunit;

namespace LlmMetrics;

/// <summary>What arrives. Metrics have names of their own in each test: the SDK listens in the whole process.</summary>
public sealed class OtlpExtensionsTests
{
    [Theory]
    [InlineData(LlmOtlpProtocol.HttpProtobuf, "/v1/metrics", "/v1/traces")]
    [InlineData(
        LlmOtlpProtocol.Grpc,
        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
        "/opentelemetry.proto.collector.trace.v1.TraceService/Export")]
    public async Task AddOtlp_HostStops_DeliversMetricsAndSpans(LlmOtlpProtocol protocol, string metrics, string traces)
    {
        var name = $"delivered.{protocol}";
        using var source = new ActivitySource("Tests.Delivered." + protocol);
        await using var receiver = await OtlpReceiver.StartAsync(protocol == LlmOtlpProtocol.Grpc);
        await using var host = await TestHost.StartAsync(
            options =>
            {
                options.Endpoint = receiver.Endpoint;
                options.Protocol = protocol;
                options.BearerToken = "token-1";
                options.Headers["X-Tenant"] = "a b=c;100%";
                options.ActivitySources.Add(source.Name);
            },
            configuration:
            [
                ("OTEL_SERVICE_NAME", "sofia-agent"),
                ("OTEL_SERVICE_VERSION", "0.1.0"),
                ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"),
            ]);

        host.Runtime.Business.Counter(name, ["kind"], "{message}").Add(450, "chat");
        host.Runtime.Business.Histogram(name + ".time", [100, 1000], unit: "ms").Record(850);
        using (source.StartActivity("work"))
        {
            using var inner = source.StartActivity("part");
        }

        await host.StopAsync();

        Assert.All(receiver.Requests, static request =>
        {
            Assert.Equal("Bearer token-1", request.Headers["Authorization"]);
            Assert.Equal("a b=c;100%", request.Headers["X-Tenant"]);
        });
        Assert.Equal([metrics, traces], receiver.Requests.Select(static r => r.Path).Distinct().Order());
        var point = receiver.Last(name);
        Assert.Equal((450, "counter", "{message}", "LlmMetrics", true), (
            point.Value, point.Kind, point.Unit, point.Scope, point.IsCumulative));
        Assert.Equal("chat", point.Tags["kind"]);
        var time = receiver.Last(name + ".time");
        Assert.Equal((850, 1UL, "ms"), (time.Value, time.Count, time.Unit));
        Assert.Equal([100, 1000], time.Bounds);
        Assert.Equal([0UL, 1, 0], time.Buckets);
        var spans = receiver.Spans.Where(span => span.Scope == source.Name).ToDictionary(static span => span.Name);
        Assert.Equal(spans["work"].SpanId, spans["part"].ParentId);
        AssertResource(point.Resource, host);
        AssertResource(spans["work"].Resource, host);
    }

    [Fact]
    public async Task AddOtlp_LlmCall_ArrivesUnderTheProfilesNames()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await TestHost.StartAsync(options => options.Endpoint = receiver.Endpoint);
        host.Runtime.Record(new LlmCall
        {
            Provider = "otlp-test",
            RequestModel = "m",
            InputTokens = 100,
            OutputTokens = 50,
            Duration = TimeSpan.FromSeconds(2),
        });
        await host.StopAsync();

        var tokens = receiver.Points.Where(static point => point.Name == "gen_ai.client.token.usage"
            && point.Tags.GetValueOrDefault("gen_ai.provider.name") == "otlp-test").ToArray();
        Assert.Equal([50, 100], tokens.Select(static point => point.Value).Order());
    }

    [Fact]
    public async Task AddOtlp_BaseUrlWithPath_AppendsTheSignal()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (await TestHost.StartAsync(
            options => options.Endpoint = new Uri(receiver.Endpoint, "opentelemetry/")))
        {
            // Self-metrics are enough to send.
        }

        Assert.Contains("/opentelemetry/v1/metrics", receiver.Requests.Select(static request => request.Path));
    }

    [Theory]
    [InlineData(LlmOtlpSignals.Metrics)]
    [InlineData(LlmOtlpSignals.Traces)]
    public async Task AddOtlp_OneSignal_SendsOnlyThat(LlmOtlpSignals signal)
    {
        using var source = new ActivitySource("Tests.One." + signal);
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (await TestHost.StartAsync(options =>
        {
            options.Endpoint = receiver.Endpoint;
            options.Signals = signal;
            options.ActivitySources.Add(source.Name);
        }))
        {
            using var activity = source.StartActivity("work");
        }

        var expected = signal == LlmOtlpSignals.Metrics ? "/v1/metrics" : "/v1/traces";
        Assert.Equal([expected], receiver.Requests.Select(static request => request.Path).Distinct());
    }

    [Fact]
    public async Task AddOtlp_ExportOnDemand_SendsAtOnce()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await TestHost.StartAsync(options => options.Endpoint = receiver.Endpoint);
        host.Runtime.Business.Counter("on.demand").Add(7);

        Assert.True(await host.Runtime.ExportAsync());

        Assert.Equal(7, receiver.Last("on.demand").Value);
    }

    [Fact]
    public async Task AddOtlp_Interval_SendsWithoutBeingAsked()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await TestHost.StartAsync(options =>
        {
            options.Endpoint = receiver.Endpoint;
            options.Interval = TimeSpan.FromMilliseconds(100);
        });
        host.Runtime.Business.Counter("periodic").Add(2);

        await receiver.UntilAsync(static r => r.Points.Any(static point => point.Name == "periodic"));
    }

    [Fact]
    public async Task AddOtlp_WithoutHost_DeliversAtDispose()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var runtime = LlmMetricsRuntime.Create(
            builder => builder.AddOtlp(options => options.Endpoint = receiver.Endpoint)))
        {
            runtime.Business.Counter("host.less").Add(3);
        }

        Assert.Equal(3, receiver.Last("host.less").Value);
    }

    [Fact]
    public async Task AddOtlp_FrameworkMeters_AreSentToo()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await TestHost.StartAsync(options => options.Endpoint = receiver.Endpoint);
        await using var app = await LoopbackServer.ServeTextAsync("/hello", "text/plain", static () => "hi");
        using (var client = new HttpClient())
        {
            await client.GetStringAsync(new Uri(app.BaseAddress, "hello"));
        }

        await host.StopAsync();

        Assert.Contains(receiver.Points, static point => point.Name == "dotnet.gc.collections");
        Assert.Contains(receiver.Points, static point => point is
        {
            Name: "http.server.request.duration", Scope: "Microsoft.AspNetCore.Hosting", Unit: "s",
        } && point.Tags.GetValueOrDefault("http.route") == "/hello");
        Assert.Contains(receiver.Points, static point => point.Name == "http.server.active_requests");
    }

    [Fact]
    public async Task AddOtlp_HttpClientSpans_ConnectAndLeaveOutTheExportersOwn()
    {
        using var source = new ActivitySource("Tests.Connected");
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = await LoopbackServer.ServeTextAsync("/connected", "text/plain", static () => "hi");
        await using var host = await TestHost.StartAsync(options =>
        {
            options.Endpoint = receiver.Endpoint;
            options.ActivitySources.Add(source.Name);
        });
        using (source.StartActivity("work"))
        {
            using var client = new HttpClient();
            await client.GetStringAsync(new Uri(app.BaseAddress, "connected"));
        }

        await host.Runtime.ExportAsync();
        await host.Runtime.ExportAsync();
        await host.StopAsync();

        var work = receiver.Spans.Single(static span => span.Name == "work");
        var trace = receiver.Spans.Where(span => span.TraceId == work.TraceId).ToArray();
        Assert.Equal(
            ["Microsoft.AspNetCore", "System.Net.Http", "Tests.Connected"],
            trace.Select(static span => span.Scope).Order(StringComparer.Ordinal));
        var port = receiver.Endpoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.DoesNotContain(receiver.Spans, span => span.Scope == "System.Net.Http"
            && span.Tags.GetValueOrDefault("server.port") == port);
    }

    [Fact]
    public async Task AddOtlp_SdkDisabled_SendsAndLogsNothing()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var host = await TestHost.StartAsync(
            options => options.Endpoint = receiver.Endpoint,
            configuration: [("OTEL_SDK_DISABLED", "true")]))
        {
            Assert.True(await host.Runtime.ExportAsync());
            Assert.DoesNotContain(
                host.Log.Texts, static text => text.Contains("[OpenTelemetry]", StringComparison.Ordinal));
        }

        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task AddOtlp_Twice_SendsOnce()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var host = await TestHost.StartAsync(
            options => options.Signals = LlmOtlpSignals.Metrics,
            services => services.AddLlmMetrics().AddOtlp(options => options.Endpoint = receiver.Endpoint)))
        {
            host.Runtime.Business.Counter("twice").Add(1);
        }

        Assert.Single(receiver.Requests);
        Assert.Equal(1, Assert.Single(receiver.Points, static point => point.Name == "twice").Value);
    }

    [Fact]
    public async Task AddOtlp_WrongSettings_StartFailsNamingEveryKeyAndNoSecret()
    {
        await using var host = TestHost.Build(
            static options =>
            {
                options.BearerToken = "secret one";
                options.Headers["X-Key"] = "secret,two";
                options.Signals = (LlmOtlpSignals)64;
                options.Protocol = (LlmOtlpProtocol)9;
                options.ActivitySources.Add(" ");
            },
            configuration:
            [
                ("LlmMetrics:Otlp:Endpoint", "ftp://user:secret@host/path?key=secret"),
                ("LlmMetrics:Otlp:Interval", "00:00:00"),
                ("LlmMetrics:Otlp:Timeout", "10:00:00"),
                ("LlmMetrics:Otlp:ShutdownTimeout", "-00:00:01"),
            ]);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(
            [
                "ActivitySources", "BearerToken", "Endpoint", "Headers", "Interval", "Protocol", "ShutdownTimeout",
                "Signals", "Timeout",
            ],
            error.Failures.Select(static text => text.Split(' ')[0]["LlmMetrics:Otlp:".Length..]).Order());
        Assert.Contains(
            "LlmMetrics:Otlp:Interval is 00:00:00; it must be between 00:00:00.1000000 and 1.00:00:00.",
            error.Failures);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddOtlp_HostHasAPipelineItself_Warns()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var provider = Sdk.CreateMeterProviderBuilder().AddLlmMetricsInstrumentation().Build();
        await using var host = await TestHost.StartAsync(
            options => options.Endpoint = receiver.Endpoint,
            services => services.AddSingleton(provider!));

        Assert.Contains(host.Log.Texts, static text => text.Contains("exported twice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddLlmMetricsInstrumentation_HostsOwnPipeline_GetsMetricsAndSpans()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var meters = Sdk.CreateMeterProviderBuilder().AddLlmMetricsInstrumentation()
            .AddOtlpExporter(options => Set(options, "v1/metrics")).Build();
        using var tracers = Sdk.CreateTracerProviderBuilder().AddLlmMetricsInstrumentation()
            .AddOtlpExporter(options => Set(options, "v1/traces")).Build();
        using var source = new ActivitySource(LlmMetricsNames.ActivitySource);
        await using (var runtime = LlmMetricsRuntime.Create())
        {
            runtime.Business.Counter("own.pipeline").Add(5);
            using var activity = source.StartActivity("own pipeline");
            activity?.Stop();
            meters.ForceFlush();
            tracers.ForceFlush();
        }

        Assert.Equal(5, receiver.Last("own.pipeline").Value);
        Assert.Contains(receiver.Spans, static span => span.Name == "own pipeline");

        void Set(OpenTelemetry.Exporter.OtlpExporterOptions options, string path)
        {
            options.Endpoint = new Uri(receiver.Endpoint, path);
            options.Protocol = OpenTelemetry.Exporter.OtlpExportProtocol.HttpProtobuf;
        }
    }

    [SkippableFact]
    public async Task AddOtlp_RealVictoriaMetrics_HasTheValuesOfTheSnapshot()
    {
        await using var server = await VictoriaMetricsServer.StartAsync();
        await using var host = await TestHost.StartAsync(options =>
        {
            options.Endpoint = server.OtlpBaseAddress;
            options.Signals = LlmOtlpSignals.Metrics;
        });
        var counter = host.Runtime.Business.Counter("vm.questions", ["channel"]);
        counter.Add(3, "web");
        counter.Add(4, "app");
        var histogram = host.Runtime.Business.Histogram("vm.duration", [0.5, 2]);
        foreach (var value in new[] { 0.25, 0.5, 1.5, 9 })
        {
            histogram.Record(value);
        }

        await host.Runtime.ExportAsync();

        var counted = await server.QueryAsync("{__name__=\"vm.questions\"}");
        Assert.Equal(
            [("app", 4), ("web", 3)],
            counted.Select(static series => (series["channel"], series.Value)).Order());
        Assert.All(counted, static series => Assert.Equal("otlp-tests", series["service.name"]));
        var buckets = await server.QueryAsync("{__name__=\"vm.duration_bucket\"}");
        Assert.Equal(
            [("+Inf", 4), ("0.5", 2), ("2", 3)],
            buckets.Select(static series => (series["le"], series.Value)).Order());
        Assert.Equal(11.25, Assert.Single(await server.QueryAsync("{__name__=\"vm.duration_sum\"}")).Value);
    }

    private static void AssertResource(IReadOnlyDictionary<string, string> resource, TestHost host)
    {
        Assert.Equal("sofia-agent", resource["service.name"]);
        Assert.Equal("0.1.0", resource["service.version"]);
        Assert.Equal("test", resource["deployment.environment.name"]);
        Assert.Equal(host.Runtime.Resource.InstanceId, resource["service.instance.id"]);
        Assert.Equal("opentelemetry", resource["telemetry.sdk.name"]);
    }
}
