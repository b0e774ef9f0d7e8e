using LlmMetrics.Testing;
using LlmMetrics.Tool.Workload;
using Xunit;

namespace LlmMetrics.Tool.Tests;

public sealed class ProgressBarTests : IDisposable
{
    private static readonly TimeSpan _long = TimeSpan.FromSeconds(2);

    private readonly ManualTimeProvider _time = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Report_LongWorkOnATerminal_DrawsOnErrorAndWipesAtTheEnd()
    {
        using (var bar = new ProgressBar(Console(isTerminal: true), _time))
        {
            _time.Advance(_long);
            bar.Report(0.5);

            Assert.Equal($"\rsimulating [{new string('#', 15)}{new string('.', 15)}] 50 % ", _error.ToString());
        }

        Assert.EndsWith(new string(' ', 40) + "\r", _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', _error.ToString());
        Assert.Equal("", _output.ToString());
    }

    [Theory]
    [InlineData(true, 100)]
    [InlineData(false, 60_000)]
    public void Report_ShortWorkOrNoTerminal_DrawsNothing(bool isTerminal, int milliseconds)
    {
        using (var bar = new ProgressBar(Console(isTerminal), _time))
        {
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            bar.Report(0.5);
        }

        Assert.Equal("", _error.ToString());
        Assert.Equal("", _output.ToString());
    }

    private ToolConsole Console(bool isTerminal) => new(Stream.Null, _output, _error) { IsErrorTerminal = isTerminal };
}
