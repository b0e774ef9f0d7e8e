using LlmMetrics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace LlmMetrics.Workload.Sources;

public sealed class MeasurementReaderTests : IDisposable
{
    private static readonly DateTimeOffset _start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly MeasurementOptions _options = new();

    private readonly MetricsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FromFolderAsync_ProcessRestarted_AddsUp()
    {
        var noon = _start.AddHours(12);
        _folder.Write(_start.AddHours(6), "a", _start, 100, 1000, 2000);
        _folder.Write(noon, "a", _start, 200, 2000, 4000);
        _folder.Write(noon.AddHours(6), "b", noon, 50, 500, 1000);
        _folder.Write(noon.AddHours(12), "b", noon, 180, 1800, 3600);

        var measured = await MeasurementReader.FromFolderAsync(_folder.Path, _options);

        Assert.Equal(380, measured.Requests);
        Assert.Equal(3800, measured.InputTokens);
        Assert.Equal(7600, measured.OutputTokens);
        Assert.Equal(24, measured.Hours, 6);
        Assert.Null(measured.Messages);
        Assert.Null(measured.MeanResponseMs);
        Assert.Null(measured.RequestsByHour);
    }

    [Fact]
    public async Task FromFolderAsync_CounterFell_IsHandledAsPrometheusDoes()
    {
        foreach (var (hour, calls) in new[] { (1, 100), (2, 40), (3, 90) })
        {
            _folder.Write(_start.AddHours(hour), "a", _start, calls, calls * 10, calls * 20);
        }

        var measured = await MeasurementReader.FromFolderAsync(_folder.Path, _options);

        Assert.Equal(100 + 40 + 50, measured.Requests);
        Assert.Equal(190 * 20, measured.OutputTokens);
    }

    [Fact]
    public async Task FromFolderAsync_Window_LeavesOutWhatWasBefore()
    {
        for (var hour = 1; hour <= 48; hour++)
        {
            _folder.Write(_start.AddHours(hour), "a", _start, hour * 10, hour * 100, hour * 200);
        }

        var measured = await MeasurementReader.FromFolderAsync(
            _folder.Path, _options with { Window = TimeSpan.FromHours(24) });

        Assert.Equal(240, measured.Requests);
        Assert.Equal(24, measured.Hours, 6);
    }

    [Fact]
    public async Task FromFolderAsync_EveryMinute_HasPatternAndBursts()
    {
        // Ten requests at once, in the first minute of each hour from 9 to 16.
        for (var minute = 1; minute <= 24 * 60; minute++)
        {
            var time = _start.AddMinutes(minute);
            var hours = Math.Clamp((minute - 1) / 60 - 8, 0, 8);
            var calls = 10 * hours;
            _folder.Write(time, "a", _start, calls, calls * 10, calls * 10);
        }

        var measured = await MeasurementReader.FromFolderAsync(_folder.Path, _options);

        Assert.Equal(80, measured.Requests);
        Assert.NotNull(measured.RequestsByHour);
        Assert.Equal(80, measured.RequestsByHour!.Sum(), 6);
        Assert.Equal(0, measured.RequestsByHour![3]);
        Assert.Equal(10, measured.RequestsByHour![10], 6);
        Assert.InRange(measured.Dispersion!.Value, 9, 11);
    }

    [Theory]
    [InlineData("metrics-20260302T010000000Z.json", "{\"timestamp\": \"2026-03-02T01:0", "broken or another program's")]
    [InlineData("metrics-20260302T010000000Z.json", "{\"hello\": 1}", "no schema_version")]
    [InlineData("metrics-20260302T010000000Z.json", "[1, 2]", "no schema_version")]
    [InlineData("metrics-20260302T010000000Z.json", "{\"schema_version\": 9, \"metrics\": {}}", "schema_version is 9")]
    [InlineData("notes.json", "{}", "holds no file like")]
    public async Task FromFolderAsync_BadFile_NamesItAndWhatToDo(string name, string text, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, name), text);

        var error = await Assert.ThrowsAsync<WorkloadException>(
            () => MeasurementReader.FromFolderAsync(_folder.Path, _options));

        Assert.True(error.IsSource);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromFolderAsync_MissingFolder_IsNamed()
    {
        var error = await Assert.ThrowsAsync<WorkloadException>(
            () => MeasurementReader.FromFolderAsync(_folder.Path + "-none", _options));

        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromFolderAsync_OtherProfile_NamesTheMetricAndWhatIsThere()
    {
        _folder.Write(_start.AddHours(6), "a", _start, 100, 1000, 2000);

        var error = await Assert.ThrowsAsync<WorkloadException>(() => MeasurementReader.FromFolderAsync(
            _folder.Path, _options with { Profile = "figures:sofia" }));

        Assert.False(error.IsSource);
        Assert.Equal("LLM requests", error.Figure);
        Assert.Contains("sofia.llm.requests", error.Message, StringComparison.Ordinal);
        Assert.Contains("--profile", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromFolderAsync_NothingHappened_SaysSo()
    {
        _folder.Write(_start.AddHours(6), "a", _start, 0, 0, 0);

        var error = await Assert.ThrowsAsync<WorkloadException>(
            () => MeasurementReader.FromFolderAsync(_folder.Path, _options));

        Assert.Contains("are 0 in the window", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "", "answered 500")]
    [InlineData(200, "<html>", "no JSON")]
    [InlineData(200, "{\"status\":\"success\"}", "not that of Prometheus")]
    [InlineData(200, "{\"status\":\"success\",\"data\":{\"result\":[]}}", "has no metric")]
    public async Task FromPrometheusAsync_BadServer_IsOneClearMessage(int status, string body, string expected)
    {
        await using var server = await LoopbackServer.StartAsync(app => app.Run(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("/values", StringComparison.Ordinal)
                ? "{\"data\":[]}"
                : body);
        }));
        using var client = new HttpClient();

        var error = await Assert.ThrowsAsync<WorkloadException>(
            () => MeasurementReader.FromPrometheusAsync(server.BaseAddress, client, _options));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(server.BaseAddress.Authority, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromPrometheusAsync_NobodyThere_HidesThePassword()
    {
        using var client = new HttpClient();
        using var closed = new ClosedPort();
        var address = new UriBuilder(closed.Address) { UserName = "me", Password = "secret" }.Uri;

        var error = await Assert.ThrowsAsync<WorkloadException>(
            () => MeasurementReader.FromPrometheusAsync(address, client, _options));

        Assert.True(error.IsSource);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromScrapesAsync_TwoPages_GivesTheDifference()
    {
        var measured = await MeasurementReader.FromScrapesAsync(
            Page(100, 1000, 2000, uptime: 1000), Page(480, 39_000, 59_000, uptime: 87_400), _options);

        Assert.Equal(380, measured.Requests);
        Assert.Equal(38_000, measured.InputTokens);
        Assert.Equal(57_000, measured.OutputTokens);
        Assert.Equal(24, measured.Hours, 6);
        Assert.Equal(850, measured.MeanResponseMs!.Value, 6);
    }

    [Fact]
    public async Task FromScrapesAsync_CounterOfMessages_IsReadOrMissed()
    {
        const string messages = "# TYPE chat_messages_total counter\nchat_messages_total";
        var (before, after) = (Page(100, 1000, 2000, uptime: 1000), Page(480, 39_000, 59_000, uptime: 87_400));
        var options = _options with { MessagesMetric = "chat.messages", MeasuredUsers = 3 };

        var measured = await MeasurementReader.FromScrapesAsync(
            $"{before}{messages} 50\n", $"{after}{messages} 500\n", options);

        Assert.Equal((450, 3), (measured.Messages, measured.MeasuredUsers));
        var error = await Assert.ThrowsAsync<WorkloadException>(
            () => MeasurementReader.FromScrapesAsync(before, after, options));
        Assert.Contains("messages", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromScrapesAsync_Restarted_CountsFromZero()
    {
        var measured = await MeasurementReader.FromScrapesAsync(
            Page(100, 1000, 2000, uptime: 1000),
            Page(30, 300, 600, uptime: 50),
            _options with { Hours = 2 });

        Assert.Equal(30, measured.Requests);
        Assert.Equal(2, measured.Hours);
    }

    [Fact]
    public async Task FromScrapesAsync_NoLength_AsksForIt()
    {
        var error = await Assert.ThrowsAsync<WorkloadException>(() => MeasurementReader.FromScrapesAsync(
            Page(100, 1000, 2000, uptime: 1000), Page(130, 1300, 2600, uptime: 50), _options));

        Assert.Equal("--hours", error.Figure);
    }

    [Fact]
    public async Task FromScrapesAsync_BrokenPage_NamesTheLine()
    {
        var error = await Assert.ThrowsAsync<WorkloadException>(() => MeasurementReader.FromScrapesAsync(
            "llm_calls_total 1\nllm_calls_total{a=\"b} 2\n", "x 1\n", _options));

        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    private static string Page(int calls, int input, int output, int uptime) => FormattableString.Invariant($$"""
        # TYPE llm_calls_total counter
        llm_calls_total{outcome="ok",operation="chat"} {{calls}}
        # TYPE llm_tokens_total counter
        llm_tokens_total{type="input",operation="chat"} {{input}}
        llm_tokens_total{type="output",operation="chat"} {{output}}
        # TYPE gen_ai_client_operation_duration_seconds histogram
        gen_ai_client_operation_duration_seconds_bucket{le="+Inf"} {{calls}}
        gen_ai_client_operation_duration_seconds_sum {{calls * 0.85}}
        gen_ai_client_operation_duration_seconds_count {{calls}}
        # TYPE app_uptime_seconds gauge
        app_uptime_seconds {{uptime}}

        """);
}
