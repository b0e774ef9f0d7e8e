using LlmMetrics.Testing;

namespace LlmMetrics.EndToEnd.Tests;

/// <summary>The Quickstart as its reader runs it.</summary>
internal sealed class QuickstartProcess : IAsyncDisposable
{
    private readonly SampleProcess _process;

    private QuickstartProcess(string[] arguments) => _process = SampleProcess.Start(
        "Quickstart",
        arguments,
        new Dictionary<string, string?> { ["OPENAI_API_KEY"] = null, ["OPENAI_BASE_URL"] = null });

    public string Output => _process.Output;

    public string Error => _process.Error;

    public string[] Files => Directory.Exists(Path.Combine(_process.Folder, "metrics"))
        ? Directory.GetFiles(Path.Combine(_process.Folder, "metrics"), "metrics-*.json")
        : [];

    public static QuickstartProcess Start(params string[] arguments) => new(arguments);

    public Task<int> WaitForExitAsync() => _process.WaitForExitAsync();

    public Task WaitUntilBegunAsync() => _process.WaitForLineAsync("LlmMetrics quickstart");

    public Task WaitUntilServingAsync() => _process.WaitForLineAsync("Ctrl+C");

    public Task InterruptAsync() => _process.InterruptAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
