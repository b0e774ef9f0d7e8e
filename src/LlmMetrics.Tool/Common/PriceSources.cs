using System.CommandLine;

namespace LlmMetrics.Tool;

/// <summary>The prices that verbs compute with: embedded ones, and files of the user's own before them.</summary>
internal static class PriceSources
{
    public static Option<FileInfo[]> Option() => new("--prices")
    {
        Description = "Price files that go before the embedded prices; the last one wins",
        HelpName = "FILE",
    };

    /// <exception cref="ToolException">A file cannot be read or is broken.</exception>
    public static PriceCatalogue Load(FileInfo[]? files)
    {
        var prices = PriceCatalogue.Embedded;
        foreach (var file in files ?? [])
        {
            prices = prices.With(LoadFile(file.ToString()));
        }

        return prices;
    }

    /// <exception cref="ToolException">The file cannot be read or is broken.</exception>
    public static PriceCatalogue LoadFile(string path)
    {
        try
        {
            return PriceCatalogue.Load(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ToolException(ExitCode.Unreadable, e.Message);
        }
    }
}
