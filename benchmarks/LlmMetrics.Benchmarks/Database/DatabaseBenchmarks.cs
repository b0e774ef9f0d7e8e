using System.Data.Common;
using BenchmarkDotNet.Attributes;
using LlmMetrics.Benchmarks.Recording;
using LlmMetrics.Database;
using LlmMetrics.Tests.Database;

namespace LlmMetrics.Benchmarks.Database;

/// <summary>What the wrapper adds to a command of a driver that answers at once.</summary>
public class DatabaseBenchmarks
{
    private const string Sql =
        "SELECT id, name FROM customers WHERE region = @region AND active ORDER BY name LIMIT 20";

    private LlmMetricsRuntime _runtime = null!;
    private DbCommand _bare = null!;
    private DbCommand _measured = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _runtime = Ours.Create();
        _bare = BareCommand();
        using var connection = new FakeConnection().WithLlmMetrics(_runtime, "bench");
        _measured = connection.CreateCommand();
        _measured.CommandText = Sql;
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _bare.Dispose();
        _measured.Dispose();
        _runtime.Dispose();
    }

    [Benchmark(Baseline = true)]
    public int Bare() => _bare.ExecuteNonQuery();

    [Benchmark]
    public int Measured() => _measured.ExecuteNonQuery();

    [Benchmark]
    public int Summary() => SqlStatements.Summarise(Sql).Table!.Length;

    private static FakeCommand BareCommand() => new() { CommandText = Sql };
}
