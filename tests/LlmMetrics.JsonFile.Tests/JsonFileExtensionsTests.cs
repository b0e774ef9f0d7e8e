using System.Text.Json.Nodes;
using LlmMetrics.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace LlmMetrics;

public sealed class JsonFileExtensionsTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task AddJsonFile_HostStops_WritesWhatWasRecorded()
    {
        using var host = Build(builder => builder.AddJsonFile(o => o.Directory = _temp.Path));
        await host.StartAsync();
        host.Services.GetRequiredService<LlmMetricsRuntime>().Business.Counter("orders", ["kind"]).Add(3, "new");

        await host.StopAsync();

        var written = Assert.Single(_temp.Names());
        var json = JsonNode.Parse(File.ReadAllText(_temp[written]))!;
        Assert.Equal(3, (int?)json["metrics"]!["orders"]!["value"]);
        Assert.Equal("new", (string?)json["metrics"]!["orders"]!["series"]![0]!["tags"]!["kind"]);
        Assert.Equal(
            host.Services.GetRequiredService<LlmMetricsRuntime>().Resource.InstanceId,
            (string?)json["instance_id"]);
    }

    [Fact]
    public async Task AddJsonFile_WithoutHost_WritesAtDisposeAndOnDemand()
    {
        await using (var runtime = LlmMetricsRuntime.Create(b => b.AddJsonFile(o => o.Directory = _temp.Path)))
        {
            runtime.Business.Counter("orders").Add(1);
            Assert.True(await runtime.ExportAsync());
            Assert.Single(_temp.Names());
        }

        Assert.Equal(2, _temp.Names().Length);
    }

    [Fact]
    public async Task AddJsonFile_Twice_WritesOneFileWithAllSettings()
    {
        using var host = Build(builder => builder
            .AddJsonFile(static o => o.Compress = true)
            .AddJsonFile(o => o.Directory = _temp.Path));
        await host.StartAsync();
        await host.StopAsync();

        Assert.EndsWith(".json.gz", Assert.Single(_temp.Names()), StringComparison.Ordinal);
    }

    [Fact]
    public void AddJsonFile_Configuration_IsBoundAndCodeWins()
    {
        using var host = Build(
            static builder => builder.AddJsonFile(static o => o.MaxFiles = 5),
            ("LlmMetrics:JsonFile:Directory", "elsewhere"),
            ("LlmMetrics:JsonFile:Interval", "00:00:10"),
            ("LlmMetrics:JsonFile:MaxFiles", "9"),
            ("LlmMetrics:JsonFile:Indented", "true"));

        var options = host.Services.GetRequiredService<IOptions<JsonFileOptions>>().Value;

        Assert.Equal("elsewhere", options.Directory);
        Assert.Equal(TimeSpan.FromSeconds(10), options.Interval);
        Assert.Equal(5, options.MaxFiles);
        Assert.True(options.Indented);
        Assert.Equal(TimeSpan.FromDays(7), options.MaxAge);
    }

    [Fact]
    public async Task AddJsonFile_WrongSettings_StartFailsNamingEveryKeyValueAndRange()
    {
        using var host = Build(
            static builder => builder.AddJsonFile(static o => o.Directory = " "),
            ("LlmMetrics:JsonFile:Interval", "00:00:00"),
            ("LlmMetrics:JsonFile:MaxFiles", "0"),
            ("LlmMetrics:JsonFile:MaxTotalBytes", "-1"),
            ("LlmMetrics:JsonFile:MaxAge", "9999.00:00:00"));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(
            [
                "LlmMetrics:JsonFile:Directory is ' '; it must be the path of a folder.",
                "LlmMetrics:JsonFile:Interval is 00:00:00; it must be between 00:00:01 and 1.00:00:00.",
                "LlmMetrics:JsonFile:MaxAge is 9999.00:00:00; it must be between 00:01:00 and 3650.00:00:00.",
                "LlmMetrics:JsonFile:MaxFiles is 0; it must be between 1 and 1000000.",
                "LlmMetrics:JsonFile:MaxTotalBytes is -1; it must be between 65536 and 1125899906842624.",
            ],
            error.Failures.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AddJsonFile_FolderCannotBeWritten_AppRunsAndIsToldOnce()
    {
        await File.WriteAllTextAsync(_temp["file"], "x");
        var log = new LogRecorder();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(log);
        builder.Services.AddLlmMetrics().AddJsonFile(o => o.Directory = _temp["file"]);
        using var host = builder.Build();
        await host.StartAsync();
        var runtime = host.Services.GetRequiredService<LlmMetricsRuntime>();

        for (var i = 0; i < 5; i++)
        {
            Assert.False(await runtime.ExportAsync());
        }

        Assert.Single(log.Warnings);
        File.Delete(_temp["file"]);
        Assert.True(await runtime.ExportAsync());
        Assert.Equal(5, Total(runtime, "llmmetrics.export.failures"));
        await host.StopAsync();
        Assert.Single(log.Warnings);
    }

    private static double Total(LlmMetricsRuntime runtime, string name)
    {
        Assert.True(runtime.GetSnapshot().TryGetFamily(name, out var family));
        return family.Sum(static series => series.Value);
    }

    private static IHost Build(Action<ILlmMetricsBuilder> add, params (string Key, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            configuration.Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        add(builder.Services.AddLlmMetrics());
        return builder.Build();
    }
}
