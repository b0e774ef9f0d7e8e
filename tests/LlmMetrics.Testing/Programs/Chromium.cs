using System.Globalization;
using Xunit;

namespace LlmMetrics.Testing;

/// <summary>
/// Debian's Chromium without a window: opens a page, takes its picture, and tells what its console says.
/// </summary>
public sealed class Chromium
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private static readonly string[] _commands =
        ["chromium-headless-shell", "chromium", "google-chrome", "chromium-browser"];

    private static readonly string _tools = Path.Combine(
        Environment.GetEnvironmentVariable("LLMMETRICS_TOOLS") is { Length: > 0 } folder
            ? folder
            : Repository.PathOf(".tools"),
        "chromium");

    private readonly string _program;

    private Chromium(string program) => _program = program;

    /// <summary>Finds the browser, or skips the running test and says what is missing.</summary>
    /// <returns>The browser.</returns>
    public static Chromium Require()
    {
        var fetched = new[] { "chromium-headless-shell", "chromium" }
            .Select(static name => Path.Combine(_tools, "usr/lib/chromium", name))
            .FirstOrDefault(File.Exists);
        var program = _commands.Select(ExternalPrograms.Find).FirstOrDefault(static path => path is not null)
            ?? fetched;
        Skip.If(program is null, "Chromium is missing: tests/run.sh fetches it on Debian, or put it on the PATH");
        return new Chromium(program!);
    }

    /// <summary>Opens a page and takes its picture.</summary>
    /// <param name="page">Path of the page.</param>
    /// <param name="picture">Path of the PNG to write.</param>
    /// <param name="width">Width of the window in pixels.</param>
    /// <param name="height">Height of the window in pixels.</param>
    /// <param name="dark">Whether the page is told that dark is preferred.</param>
    /// <returns>The page's elements after it was drawn, and the lines of its console.</returns>
    public Task<(string Dom, IReadOnlyList<string> Console)> OpenAsync(
        string page, string picture, int width = 1000, int height = 1400, bool dark = false)
    {
        ArgumentNullException.ThrowIfNull(page);
        return OpenAsync(new Uri(Path.GetFullPath(page)), picture, width, height, dark);
    }

    /// <summary>Opens a page of a server, lets its scripts run for a time, and takes its picture.</summary>
    /// <param name="page">Address of the page.</param>
    /// <param name="picture">Path of the PNG to write.</param>
    /// <param name="width">Width of the window in pixels.</param>
    /// <param name="height">Height of the window in pixels.</param>
    /// <param name="dark">Whether the page is told that dark is preferred.</param>
    /// <returns>The page's elements after it was drawn, and the lines of its console.</returns>
    public async Task<(string Dom, IReadOnlyList<string> Console)> OpenAsync(
        Uri page, string picture, int width, int height, bool dark)
    {
        ArgumentNullException.ThrowIfNull(page);
        var shot = await RunAsync(page, width, height, dark, $"--screenshot={picture}");
        var dump = await RunAsync(page, width, height, dark, "--dump-dom");
        var console = (shot.Error + dump.Error).Split('\n')
            .Where(static line => line.Contains("CONSOLE", StringComparison.Ordinal)).ToList();
        return (dump.Output, console);
    }

    private async Task<(string Output, string Error)> RunAsync(
        Uri page, int width, int height, bool dark, string action)
    {
        var profile = Directory.CreateTempSubdirectory("llmmetrics-chromium-");
        string[] preference = dark ? ["--blink-settings=preferredColorScheme=0"] : [];
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--enable-logging=stderr", "--no-first-run", "--disable-extensions", "--disable-background-networking",
            $"--user-data-dir={profile.FullName}",
            string.Create(CultureInfo.InvariantCulture, $"--window-size={width},{height}"),
            .. page.IsFile ? Array.Empty<string>() : ["--virtual-time-budget=4000"],
            action, .. preference, page.AbsoluteUri,
        ];
        try
        {
            var isFetched = _program.StartsWith(_tools, StringComparison.Ordinal);
            var run = await ProgramRunner.RunAsync(
                _program, arguments, environment: isFetched ? Fetched() : null, timeout: _patience);
            return run.ExitCode == 0
                ? (run.Output, run.Error)
                : throw new InvalidOperationException($"Chromium ended with {run.ExitCode}:\n{run.Error}");
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }

    // Libraries and fonts that the machine lacks were unpacked beside the browser.
    private static Dictionary<string, string?> Fetched()
    {
        var fonts = Path.Combine(_tools, "fonts.conf");
        if (!File.Exists(fonts))
        {
            File.WriteAllText(fonts, $"""
                <?xml version="1.0"?>
                <!DOCTYPE fontconfig SYSTEM "fonts.dtd">
                <fontconfig>
                  <dir>{_tools}/usr/share/fonts</dir>
                  <dir>/usr/share/fonts</dir>
                  <cachedir>{_tools}/font-cache</cachedir>
                </fontconfig>

                """);
        }

        var libraries = Directory.EnumerateFiles(Path.Combine(_tools, "usr/lib"), "*.so*", SearchOption.AllDirectories)
            .Select(static file => Path.GetDirectoryName(file)!)
            .Distinct(StringComparer.Ordinal);
        return new Dictionary<string, string?>
        {
            ["LD_LIBRARY_PATH"] = string.Join(':', libraries),
            ["FONTCONFIG_FILE"] = fonts,
        };
    }
}
