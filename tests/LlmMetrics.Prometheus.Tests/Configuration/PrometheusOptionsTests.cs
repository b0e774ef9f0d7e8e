using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Tests.Configuration;

public sealed class PrometheusOptionsTests
{
    [Fact]
    public async Task Start_WrongOptions_ListsEveryErrorAndNoSecret()
    {
        using var host = Build(
            new()
            {
                ["LlmMetrics:Prometheus:Port"] = "70000",
                ["LlmMetrics:Prometheus:Host"] = "example.com",
                ["LlmMetrics:Prometheus:PathBase"] = "prom",
                ["LlmMetrics:Prometheus:BearerToken"] = "planted",
            },
            builder => builder.AddPrometheusListener());

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());

        var text = exception.ToString();
        Assert.Contains("LlmMetrics:Prometheus:Port is 70000; it must be between 0 and 65535.", text);
        Assert.Contains("LlmMetrics:Prometheus:Host is 'example.com'; it must be an IP address", text);
        Assert.Contains("LlmMetrics:Prometheus:PathBase is 'prom'; it must be empty, or begin with a slash", text);
        Assert.Contains("LlmMetrics:Prometheus:BearerToken has 7 characters (not shown); it must have", text);
        Assert.DoesNotContain("planted", text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("has a space in the middle")]
    [InlineData("has=equals=in=the=middle")]
    [InlineData("ümläute-are-not-allowed")]
    public void Validate_TokenThatNoHeaderCanHave_IsRefusedAndNotShown(string token)
    {
        using var host = Build([], builder => builder.AddPrometheus(o => o.BearerToken = token));

        var exception = Assert.Throws<OptionsValidationException>(
            () => host.Services.GetRequiredService<IOptions<PrometheusOptions>>().Value);

        Assert.Contains("LlmMetrics:Prometheus:BearerToken", exception.Message);
        Assert.True(token.Length == 0 || !exception.Message.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public void Value_Token_MayEndWithEquals()
    {
        using var host = Build([], builder => builder.AddPrometheus(o => o.BearerToken = "c29tZSB0b2tlbiBoZXJl=="));

        Assert.NotNull(host.Services.GetRequiredService<IOptions<PrometheusOptions>>().Value.BearerToken);
    }

    [Fact]
    public void Value_CodeAndConfiguration_CodeWins()
    {
        using var host = Build(
            new() { ["LlmMetrics:Prometheus:Port"] = "1234", ["LlmMetrics:Prometheus:Host"] = "::1" },
            builder => builder.AddPrometheusListener(o => o.Port = 5678).AddPrometheusListener());

        var options = host.Services.GetRequiredService<IOptions<PrometheusListenerOptions>>().Value;

        Assert.Equal((5678, "::1"), (options.Port, options.Host));
    }

    [Fact]
    public void Value_NoConfiguration_IsTheDefault()
    {
        var services = new ServiceCollection();
        services.AddLlmMetrics().AddPrometheusListener();
        using var provider = services.BuildServiceProvider();

        var listener = provider.GetRequiredService<IOptions<PrometheusListenerOptions>>().Value;
        var options = provider.GetRequiredService<IOptions<PrometheusOptions>>().Value;

        Assert.Equal((9464, "127.0.0.1", ""), (listener.Port, listener.Host, listener.PathBase));
        Assert.Equal((null, true, false), (options.BearerToken, options.IncludeTargetInfo, options.IncludeScopeLabels));
    }

    [Fact]
    public void AddPrometheusListener_Twice_AddsNothingTwice()
    {
        var once = new ServiceCollection();
        once.AddLlmMetrics().AddPrometheusListener();
        var twice = new ServiceCollection();
        twice.AddLlmMetrics().AddPrometheus().AddPrometheusListener();
        twice.AddLlmMetrics().AddPrometheusListener().AddPrometheus();

        Assert.Equal(Ours(once), Ours(twice));

        static List<string> Ours(ServiceCollection services) =>
            [.. services
                .Where(s => (s.ImplementationType ?? s.ServiceType).Assembly == typeof(PrometheusOptions).Assembly)
                .Select(s => $"{s.ServiceType}:{s.ImplementationType}")
                .Order(StringComparer.Ordinal)];
    }

    private static IHost Build(Dictionary<string, string?> settings, Action<ILlmMetricsBuilder> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        add(builder.Services.AddLlmMetrics());
        return builder.Build();
    }
}
