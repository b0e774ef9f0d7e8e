using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace LlmMetrics.Tests.Collection.Reference;

/// <summary>Reads what the OpenTelemetry SDK has aggregated.</summary>
internal sealed class SdkReader : IDisposable
{
    private readonly Keeper _keeper = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;

    private SdkReader(Meter meter)
    {
        _reader = new BaseExportingMetricReader(_keeper);
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(_reader).Build();
    }

    public static SdkReader ListenTo(Meter meter) => new(meter);

    public IReadOnlyList<Metric> Read()
    {
        Assert.True(_reader.Collect());
        return _keeper.Metrics;
    }

    public void Dispose() => _provider.Dispose();

    private sealed class Keeper : BaseExporter<Metric>
    {
        public List<Metric> Metrics { get; } = [];

        public override ExportResult Export(in Batch<Metric> batch)
        {
            Metrics.Clear();
            foreach (var metric in batch)
            {
                Metrics.Add(metric);
            }

            return ExportResult.Success;
        }
    }
}
