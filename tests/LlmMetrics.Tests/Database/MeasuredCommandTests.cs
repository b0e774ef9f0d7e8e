using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using LlmMetrics.Database;
using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests.Database;

public sealed class MeasuredCommandTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const string Sql = "UPDATE things SET a = 1 WHERE b = 'hunter2'";

    [Fact]
    public void ExecuteNonQuery_OfAnyDriver_IsRecordedUnderTheConventionsNames()
    {
        using var runtime = RuntimeBuilder.Create();
        using var connection = new FakeConnection().WithLlmMetrics(runtime, "fake");
        using var command = connection.CreateCommand();
        command.CommandText = Sql;

        Assert.Equal(3, command.ExecuteNonQuery());

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum(
            "db.client.operation.duration",
            ("db.system.name", "other_sql"), ("db.operation.name", "UPDATE"), ("db.collection.name", "things")));
        Assert.Equal(1, snapshot.Sum("app.db.calls", ("pool", "fake"), ("outcome", "ok")));
    }

    [Fact]
    public void Execute_Failing_ThrowsTheSameExceptionAndNamesItsType()
    {
        using var runtime = RuntimeBuilder.Create();
        var failure = new InvalidTimeZoneException("hunter2");
        using var connection = new FakeConnection().WithLlmMetrics(runtime);
        using var command = connection.CreateCommand();
        command.Unwrap<FakeCommand>().Failure = failure;

        Assert.Same(failure, Assert.Throws<InvalidTimeZoneException>(() => command.ExecuteNonQuery()));
        Assert.Same(failure, Assert.Throws<InvalidTimeZoneException>(() => command.ExecuteScalar()));
        Assert.Same(failure, Assert.Throws<InvalidTimeZoneException>(() => command.ExecuteReader()));

        Assert.Equal(3, runtime.GetSnapshot().Sum(
            "app.db.calls", ("outcome", "error"), ("error.type", "System.InvalidTimeZoneException")));
    }

    [Fact]
    public void ExecuteReader_WithoutMeasuringReaders_GivesTheDriversReader()
    {
        using var runtime = RuntimeBuilder.Create();
        using var connection = new FakeConnection().WithLlmMetrics(runtime, measureReaders: false);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM things";

        using var reader = command.ExecuteReader();

        Assert.IsType<System.Data.DataTableReader>(reader);
        Assert.Equal(1, runtime.GetSnapshot().Sum("app.db.calls", ("table", "things")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WithLlmMetrics_OfAHostsServices_MeasuresReadersAsTold(bool measureReaders)
    {
        var services = new ServiceCollection();
        services.AddLlmMetrics();
        await using var host = services.BuildServiceProvider();
        await using var source = new FakeDataSource().WithLlmMetrics(host, "fake", measureReaders);
        await using var command = source.CreateCommand("SELECT id FROM things");

        await using (var reader = await command.ExecuteReaderAsync())
        {
            Assert.Equal(measureReaders, reader is not System.Data.DataTableReader);
        }

        Assert.Equal(1, host.GetRequiredService<LlmMetricsRuntime>().GetSnapshot().Sum(
            "app.db.calls", ("pool", "fake"), ("table", "things")));
    }

    [Fact]
    public void Open_OfAnyDriver_CountsConnectionsAndReadsTheMaximum()
    {
        using var runtime = RuntimeBuilder.Create();
        using var connection = new FakeConnection().WithLlmMetrics(runtime, "fake");
        var used = ("db.client.connection.state", "used");
        var pool = ("db.client.connection.pool.name", "fake");

        connection.Open();
        connection.Open();
        Assert.Equal(1, runtime.GetSnapshot().Sum("db.client.connection.count", used, pool));
        Assert.Equal(7, runtime.GetSnapshot().Sum("db.client.connection.max", pool));
        Assert.Equal(double.NaN, runtime.GetSnapshot().Sum(
            "db.client.connection.count", ("db.client.connection.state", "idle"), pool));

        connection.Close();
        connection.Close();
        Assert.Equal(0, runtime.GetSnapshot().Sum("db.client.connection.count", used, pool));
    }

    [Fact]
    public async Task WithLlmMetrics_WhileADriverHangsTellingOfItsPools_DoesNotWait()
    {
        using var hangs = new ManualResetEventSlim();
        using var isHanging = new ManualResetEventSlim();
        using var runtime = RuntimeBuilder.Create(static options => options.CollectTimeout = TimeSpan.FromSeconds(60));
        using var first = new FakeConnection().WithLlmMetrics(runtime, "fake");
        using var meter = new Meter("a driver");
        meter.CreateObservableUpDownCounter("db.client.connection.count", () =>
        {
            isHanging.Set();
            hangs.Wait();
            return 1;
        });

        var collecting = Task.Run(runtime.GetSnapshot);
        Assert.True(isHanging.Wait(TimeSpan.FromSeconds(30)));
        var wrapping = Task.Run(() => new FakeConnection().WithLlmMetrics(runtime, "other").Dispose());
        var hasWaited = await Task.WhenAny(wrapping, Task.Delay(TimeSpan.FromSeconds(20))) != wrapping;
        hangs.Set();

        Assert.False(hasWaited);
        await collecting;
    }

    [Fact]
    public void Execute_InSteadyState_AllocatesNothing()
    {
        using var runtime = RuntimeBuilder.Create();
        using var command = Command(runtime);

        Assert.Equal(0, Allocations.Measure(() => command.ExecuteNonQuery()));
    }

    [LongFact]
    public void Execute_InSteadyState_AddsLittleTime()
    {
        using var runtime = RuntimeBuilder.Create();
        using var measured = Command(runtime);
        using var bare = new FakeCommand { CommandText = Sql };

        var added = Fastest(() => measured.ExecuteNonQuery()) - Fastest(() => bare.ExecuteNonQuery());
        var summary = Fastest(static () => SqlStatements.Summarise(Sql));

        output.WriteLine($"{added:F0} ns for a command, {summary:F0} ns for a summary");
        Assert.True(added <= 300, $"{added:F0} ns for a command");
        Assert.True(summary <= 50, $"{summary:F0} ns for a summary");
    }

    private static DbCommand Command(LlmMetricsRuntime runtime)
    {
        using var connection = new FakeConnection().WithLlmMetrics(runtime, "fake");
        var command = connection.CreateCommand();
        command.CommandText = Sql;
        return command;
    }

    private static double Fastest(Action action)
    {
        const int Calls = 20_000;
        var fastest = double.MaxValue;
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(3))
        {
            // Long enough for the compiler to have optimised it, and for a moment without the other tests.
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Calls; i++)
            {
                action();
            }

            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(started).TotalNanoseconds / Calls);
        }

        return fastest;
    }
}
