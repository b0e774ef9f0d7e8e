using LlmMetrics.Calls;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

public sealed class DashboardOptionsTests
{
    [Fact]
    public void AddDashboard_CodeAndConfiguration_CodeWins()
    {
        using var services = Build(
            new() { ["LlmMetrics:Dashboard:Interval"] = "00:00:10", ["LlmMetrics:Dashboard:MaxRows"] = "7" },
            static options => options.MaxRows = 9);
        var options = services.GetRequiredService<IOptions<DashboardOptions>>().Value;

        Assert.Equal((TimeSpan.FromSeconds(10), 9), (options.Interval, options.MaxRows));
    }

    [Fact]
    public void AddDashboard_Twice_CountsOnce()
    {
        var collection = new ServiceCollection();
        collection.AddLlmMetrics().AddDashboard().AddDashboard(static options => options.MaxRows = 3);
        using var services = collection.BuildServiceProvider();
        services.GetRequiredService<LlmMetricsRuntime>().Record(new LlmCall { Agent = "a" });

        Assert.Equal(1, services.GetRequiredService<CallBook>().Read(TimeSpan.FromMinutes(1)).Total.Calls);
    }

    [Theory]
    [InlineData("Interval", "00:00:00.5", "00:00:00.5000000; it must be between 00:00:01 and 00:05:00")]
    [InlineData("MaxRows", "0", "0; it must be between 1 and 10000")]
    [InlineData("History", "00:00:49", "00:00:49; it must be between 00:00:50 and 02:00:00")]
    [InlineData("History", "soon", "soon")]
    public void AddDashboard_WrongValue_IsNamed(string key, string value, string expected)
    {
        using var services = Build(new() { [$"LlmMetrics:Dashboard:{key}"] = value }, configure: null);

        var error = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IOptions<DashboardOptions>>().Value);

        Assert.Contains($"LlmMetrics:Dashboard:{key}", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(
        Dictionary<string, string?> settings, Action<DashboardOptions>? configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLlmMetrics().AddDashboard(configure);
        return services.BuildServiceProvider();
    }
}
