using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using LlmMetrics.Pricing;

namespace LlmMetrics.Tool.Prices;

/// <summary><c>llm-metrics prices convert</c>: any format that is read, in this library's own.</summary>
internal static class PricesConvert
{
    public static Command Create(ToolConsole console)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "The price file: this library's format, genai-prices or LiteLLM",
        };
        var output = new Option<string>("--output") { Description = "Write to this file", HelpName = "FILE" };
        var command = new Command("convert", "Writes a price file in this library's format.") { file, output };
        command.SetAction(parsed =>
        {
            var prices = PriceSources.LoadFile(parsed.GetRequiredValue(file));
            foreach (var note in prices.Notes)
            {
                console.Say(note);
            }

            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
            {
                PriceFileWriter.Write(json, prices);
            }

            var text = Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
            if (parsed.GetValue(output) is { } path)
            {
                AtomicFile.WriteAll([(path, text)]);
            }
            else
            {
                console.Output.Write(text);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
