namespace LlmMetrics.Tool.Workload;

/// <summary>A bar on standard error for simulations that take a while; nothing where nobody looks.</summary>
internal sealed class ProgressBar(ToolConsole console, TimeProvider time) : IProgress<double>, IDisposable
{
    private const int Cells = 30;
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(500);

    private readonly long _start = time.GetTimestamp();
    private bool _drawn;

    public void Report(double value)
    {
        if (console.IsErrorTerminal && time.GetElapsedTime(_start) > _patience)
        {
            var full = (int)Math.Round(value * Cells);
            var percent = (int)Math.Round(value * 100);
            console.Error.Write($"\rsimulating [{new string('#', full)}{new string('.', Cells - full)}] {percent} % ");
            _drawn = true;
        }
    }

    public void Dispose()
    {
        if (_drawn)
        {
            console.Error.Write("\r" + new string(' ', Cells + 24) + "\r");
        }
    }
}
