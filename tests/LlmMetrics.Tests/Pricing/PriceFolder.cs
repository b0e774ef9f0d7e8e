using System.Globalization;

namespace LlmMetrics.Tests.Pricing;

/// <summary>A folder with a price file in it, deleted afterwards.</summary>
internal sealed class PriceFolder : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("prices-").FullName;

    public string File => Path.Combine(Folder, "prices.json");

    /// <summary>A price file in which a million input tokens of gpt-4o cost this.</summary>
    public static string Json(double input) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"data_date":"2026-11-01","providers":[{"id":"openai","models":[
        {"id":"gpt-4o","prices":{"input_mtok":{{{input}}},"output_mtok":0}}]}]}
        """);

    public void Write(string text) => System.IO.File.WriteAllText(File, text);

    /// <summary>Writes another file and renames it, as editors do.</summary>
    public void Replace(string text)
    {
        var other = Path.Combine(Folder, ".prices.json.swp");
        System.IO.File.WriteAllText(other, text);
        System.IO.File.Move(other, File, overwrite: true);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
