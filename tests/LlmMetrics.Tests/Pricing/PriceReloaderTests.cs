using System.Diagnostics;
using LlmMetrics.Facts;
using LlmMetrics.Pricing;
using LlmMetrics.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Tests.Pricing;

public sealed class PriceReloaderTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly PriceFolder _folder = new();
    private readonly LogRecorder _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_PriceFile_GoesBeforeTheEmbeddedPrices()
    {
        _folder.Write(PriceFolder.Json(7));
        using var runtime = Create();

        Assert.Equal(7, CostOf(runtime, "gpt-4o"));
        Assert.Equal(0.15, CostOf(runtime, "gpt-4o-mini"));
    }

    [Fact]
    public async Task Reload_FileReplacedByRename_HoldsForBoundModels()
    {
        _folder.Write(PriceFolder.Json(7));
        using var runtime = Create(watch: true);
        Assert.Equal(7, CostOf(runtime, "gpt-4o"));

        _folder.Replace(PriceFolder.Json(8));

        await UntilAsync(() => CostOf(runtime, "gpt-4o") == 8);
    }

    [Fact]
    public async Task Reload_WithoutNotifications_IsNoticedAtTheInterval()
    {
        _folder.Write(PriceFolder.Json(7));
        using var runtime = RuntimeBuilder.Create();
        var options = new PriceOptions { ReloadInterval = TimeSpan.FromMilliseconds(100), Files = { _folder.File } };
        using var reloader = new PriceReloader(
            PriceSetup.Default with { Watch = false }, options, runtime.Pricing, runtime.Diagnostics, runtime.Logger,
            runtime.Time);
        reloader.Start();
        Assert.Equal(7, CostOf(runtime, "gpt-4o"));

        _folder.Replace(PriceFolder.Json(8));

        await UntilAsync(() => CostOf(runtime, "gpt-4o") == 8);
    }

    [SkippableFact]
    public async Task Reload_LinkSwappedAsKubernetesDoes_ReadsTheNewFile()
    {
        Skip.If(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        foreach (var (version, price) in new[] { ("..1", 7), ("..2", 8) })
        {
            Directory.CreateDirectory(Path.Combine(_folder.Folder, version));
            var file = Path.Combine(_folder.Folder, version, "prices.json");
            await File.WriteAllTextAsync(file, PriceFolder.Json(price));

            // Two files of one size and one moment are told apart by content alone, which is looked at once a minute.
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(price));
        }

        Directory.CreateSymbolicLink(Path.Combine(_folder.Folder, "..data"), "..1");
        File.CreateSymbolicLink(_folder.File, Path.Combine("..data", "prices.json"));
        using var runtime = Create(watch: true);
        Assert.Equal(7, CostOf(runtime, "gpt-4o"));

        Directory.CreateSymbolicLink(Path.Combine(_folder.Folder, "..data_tmp"), "..2");
        Assert.Equal(0, (await ProgramRunner.RunAsync("mv", ["-T", "..data_tmp", "..data"],
            workingDirectory: _folder.Folder)).ExitCode);

        await UntilAsync(() => CostOf(runtime, "gpt-4o") == 8);
    }

    [Fact]
    public async Task Reload_BrokenFile_KeepsTheLastGoodOneAndSaysSoOnce()
    {
        _folder.Write(PriceFolder.Json(7));
        using var runtime = Create();

        _folder.Write("{\"providers\":[\n{\"id\":\"openai\",\"models\":[{\"id\":\"gpt-4o\",\n"
            + "\"prices\":{\"input_mtok\":-1}}]}]}");
        await UntilAsync(() => Refused(runtime) == 1);
        await Task.Delay(500);

        Assert.Equal(7, CostOf(runtime, "gpt-4o"));
        Assert.Equal(1, _log.Count("line 3, column 24: 'input_mtok' is -1"));
        Assert.Equal(1, runtime.GetSnapshot().Sum(
            "llmmetrics.price_files.loads", ("file", "prices.json"), ("reason", "broken")));

        _folder.Write(PriceFolder.Json(9));
        await UntilAsync(() => CostOf(runtime, "gpt-4o") == 9);
        Assert.Equal(0, Refused(runtime));
    }

    [Fact]
    public async Task Reload_FileDeletedAndBack_KeepsTheLastGoodOneMeanwhile()
    {
        _folder.Write(PriceFolder.Json(7));
        using var runtime = Create();

        File.Delete(_folder.File);
        await UntilAsync(() => Refused(runtime) == 1);
        Assert.Equal(7, CostOf(runtime, "gpt-4o"));

        _folder.Write(PriceFolder.Json(7));
        await UntilAsync(() => Refused(runtime) == 0);
        Assert.Equal(7, CostOf(runtime, "gpt-4o"));
    }

    [Fact]
    public async Task Create_FileMissing_UsesTheOtherPricesUntilItComes()
    {
        using var runtime = Create();
        Assert.Equal(2.5, CostOf(runtime, "gpt-4o"));
        Assert.Equal((1, 1), (_log.Count("The price file cannot be used"), (int)Refused(runtime)));

        _folder.Write(PriceFolder.Json(7));

        await UntilAsync(() => CostOf(runtime, "gpt-4o") == 7);
    }

    [Fact]
    public async Task Reload_WrittenBitByBit_IsNotComplainedOf()
    {
        _folder.Write(PriceFolder.Json(7));

        // The clock stands while a part is written, so that a busy machine's writer is not taken for one that is done.
        var time = new ManualTimeProvider();
        using var runtime = Create(watch: true, time);
        var json = PriceFolder.Json(8);

        await using (var file = new FileStream(
            _folder.File, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            foreach (var part in json.Chunk((json.Length / 3) + 1))
            {
                await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(part));
                await file.FlushAsync();
                await Task.Delay(150);
                time.Advance(TimeSpan.FromMilliseconds(150));
            }
        }

        await UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            return CostOf(runtime, "gpt-4o") == 8;
        });
        Assert.Equal(0, _log.Count("cannot be used"));
    }

    [Fact]
    public async Task Reload_ConfigurationChanges_HoldsAndBrokenOneDoesNot()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LlmMetrics:Prices:Models:0:Provider"] = "openai",
            ["LlmMetrics:Prices:Models:0:Model"] = "gpt-4o",
            ["LlmMetrics:Prices:Models:0:Rates:InputPerMillion"] = "7",
            ["LlmMetrics:Prices:Models:0:Rates:OutputPerMillion"] = "0",
        }).Build();
        using var runtime = RuntimeBuilder.Create(build: builder =>
        {
            builder.Services.AddSingleton<ILoggerProvider>(_log);
            builder.BindConfiguration(configuration.GetSection("LlmMetrics"));
        });
        Assert.Equal(7, CostOf(runtime, "gpt-4o"));

        configuration["LlmMetrics:Prices:Models:0:Rates:InputPerMillion"] = "-1";
        configuration.Reload();
        await UntilAsync(() => _log.Count("LlmMetrics:Prices:Models:0:Rates: InputPerMillion is -1") == 1);
        Assert.Equal(7, CostOf(runtime, "gpt-4o"));

        configuration["LlmMetrics:Prices:Models:0:Rates:InputPerMillion"] = "8";
        configuration.Reload();
        await UntilAsync(() => CostOf(runtime, "gpt-4o") == 8);
    }

    [Fact]
    public void Record_WhilePricesChange_EndsWithTheLastOnes()
    {
        using var runtime = RuntimeBuilder.Create();
        var cheap = PriceCatalogue.Parse(System.Text.Encoding.UTF8.GetBytes(PriceFolder.Json(1)));
        var dear = PriceCatalogue.Parse(System.Text.Encoding.UTF8.GetBytes(PriceFolder.Json(2)));
        for (var round = 0; round < 300; round++)
        {
            runtime.Pricing.Catalogue = cheap;
            Parallel.Invoke(
                () => runtime.Record(Call("gpt-4o")),
                () => runtime.Pricing.Catalogue = dear,
                () => runtime.Record(Call("gpt-4o")));

            Assert.Equal(2, CostOf(runtime, "gpt-4o"));
        }
    }

    [Fact]
    public void PriceDataAge_OfEachSource_IsInSeconds()
    {
        _folder.Write(PriceFolder.Json(7));
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
        using var runtime = RuntimeBuilder.Create(build: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.AddPrices(_folder.File);
        });

        var snapshot = runtime.GetSnapshot();

        Assert.Equal(2.5 * 86_400, snapshot.Sum("llm.price_data.age", ("source", "prices.json")));
        Assert.Equal(41.5 * 86_400, snapshot.Sum("llm.price_data.age", ("source", "embedded")));
    }

    private static double Refused(LlmMetricsRuntime runtime) =>
        runtime.GetSnapshot().Sum("llmmetrics.price_files.refused");

    private static LlmCall Call(string model) => new()
    {
        Provider = "openai", RequestModel = model, InputTokens = 1_000_000, OutputTokens = 0,
    };

    /// <summary>What one more call on a bound series costs.</summary>
    private static double CostOf(LlmMetricsRuntime runtime, string model)
    {
        var before = runtime.GetSnapshot().Sum("llm.cost.usd", ("model", model));
        runtime.Record(Call(model));
        var after = runtime.GetSnapshot().Sum("llm.cost.usd", ("model", model));
        return Math.Round(after - (double.IsNaN(before) ? 0 : before), 9);
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < _patience, $"The change was not noticed in time.\n{_log}");
            await Task.Delay(20);
        }
    }

    private LlmMetricsRuntime Create(bool watch = false, TimeProvider? time = null) => RuntimeBuilder.Create(
        options =>
        {
            // With notifications, an interval that a test would not wait for shows that they come.
            options.Prices.ReloadInterval = watch ? TimeSpan.FromHours(1) : TimeSpan.FromMilliseconds(100);
        },
        builder =>
        {
            builder.Services.AddSingleton<ILoggerProvider>(_log);
            builder.Services.AddSingleton(time ?? TimeProvider.System);
            builder.AddPrices(_folder.File);
        });
}
