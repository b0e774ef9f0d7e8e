using LlmMetrics.Naming;

namespace LlmMetrics.Tests.Naming;

public sealed class PrometheusNameTests
{
    [Theory]
    [InlineData("llm.calls", "{call}", "llm_calls_total", "")]
    [InlineData("llm.cost.usd", "", "llm_cost_usd_total", "")]
    [InlineData("llm.cost.usd", "USD", "llm_cost_usd_total", "")]
    [InlineData("jobs_total", "", "jobs_total", "")]
    [InlineData("jobs_total", "s", "jobs_seconds_total", "seconds")]
    [InlineData("io.read", "By", "io_read_bytes_total", "bytes")]
    [InlineData("io.read", "KiBy", "io_read_kibibytes_total", "kibibytes")]
    [InlineData("share", "1", "share_total", "")]
    [InlineData("speed", "By/s", "speed_bytes_per_second_total", "bytes_per_second")]
    [InlineData("speed", "{token}/s", "speed_per_second_total", "per_second")]
    [InlineData("a..b--c__d", "", "a_b_c_d_total", "")]
    [InlineData("1st", "", "_1st_total", "")]
    [InlineData("größe", "", "gr_e_total", "")]
    [InlineData("a:b", "", "a_b_total", "")]
    [InlineData("", "", "__total", "")]
    public void Of_Counter_IsNamedAsTheSpecificationSays(string name, string unit, string expected, string word)
    {
        var actual = PrometheusName.Of(Descriptor(name, MetricKind.Counter, unit));

        Assert.Equal((expected, word), (actual.Sample, actual.Unit));
        Assert.Equal(PrometheusType.Counter, actual.Type);
    }

    [Theory]
    [InlineData("cpu.utilization", "1", MetricKind.Gauge, "cpu_utilization_ratio")]
    [InlineData("cache.ratio", "1", MetricKind.Gauge, "cache_ratio")]
    [InlineData("queue", "1", MetricKind.UpDownCounter, "queue")]
    [InlineData("uptime", "s", MetricKind.Gauge, "uptime_seconds")]
    [InlineData("uptime_seconds", "s", MetricKind.Gauge, "uptime_seconds")]
    [InlineData("call.duration", "ms", MetricKind.Histogram, "call_duration_milliseconds")]
    [InlineData("gen_ai.operation.duration", "s", MetricKind.Histogram, "gen_ai_operation_duration_seconds")]
    [InlineData("gen_ai.client.token.usage", "{token}", MetricKind.Histogram, "gen_ai_client_token_usage")]
    [InlineData("memory.limit", "%", MetricKind.Gauge, "memory_limit_percent")]
    public void Of_OtherKind_HasItsUnitAndNoTotal(string name, string unit, MetricKind kind, string expected) =>
        Assert.Equal(expected, PrometheusName.Of(Descriptor(name, kind, unit)).Sample);

    [Theory]
    [InlineData("dotnet.thread_pool.thread.count")]
    [InlineData("dotnet.thread_pool.queue.length")]
    public void Of_RuntimeCounterThatFalls_IsGauge(string name)
    {
        var descriptor = new MetricDescriptor(0, name, MetricKind.Counter, isInteger: true, default)
        {
            MeterName = "System.Runtime",
            Unit = "{thread}",
        };

        var actual = PrometheusName.Of(descriptor);

        Assert.Equal(PrometheusType.Gauge, actual.Type);
        Assert.Equal(name.Replace('.', '_'), actual.Sample);
    }

    private static MetricDescriptor Descriptor(string name, MetricKind kind, string unit) =>
        new(0, name, kind, isInteger: false, default) { Unit = unit };
}
