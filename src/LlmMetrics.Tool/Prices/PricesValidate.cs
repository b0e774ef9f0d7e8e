using System.CommandLine;

namespace LlmMetrics.Tool.Prices;

/// <summary><c>llm-metrics prices validate</c>: what an app would say about a price file, before it does.</summary>
internal static class PricesValidate
{
    public static Command Create(ToolConsole console)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Price files: this library's format, genai-prices or LiteLLM",
            Arity = ArgumentArity.OneOrMore,
        };
        files.RefuseOptions();
        var command = new Command("validate", "Checks price files; what is wrong is named with line and column.")
        {
            files,
        };
        command.SetAction(parsed =>
        {
            var code = ExitCode.Ok;
            foreach (var file in parsed.GetRequiredValue(files))
            {
                code = Math.Max(code, Check(file, console));
            }

            return code;
        });
        return command;
    }

    private static int Check(string path, ToolConsole console)
    {
        try
        {
            var prices = PriceCatalogue.Load(path);
            foreach (var note in prices.Notes)
            {
                console.Output.WriteLine($"note: {note}");
            }

            var dangling = PriceCatalogue.Embedded.With(prices).Index.DanglingAliases().ToArray();
            foreach (var alias in dangling)
            {
                console.Output.WriteLine(
                    $"error: {alias.Place}: '{alias.Alias}' stands for '{alias.Model}', which has no price");
            }

            var date = prices.DataDate is { } day ? $"prices of {day:yyyy-MM-dd}" : "without a date";
            console.Output.WriteLine(
                $"{(dangling.Length == 0 ? "ok" : "refused")}: {path}: {prices.ModelCount} models, {date}");
            return dangling.Length == 0 ? ExitCode.Ok : ExitCode.Findings;
        }
        catch (InvalidDataException e)
        {
            console.Output.WriteLine($"error: {e.Message}");
            return ExitCode.Findings;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            console.Say(e.Message);
            return ExitCode.Unreadable;
        }
    }
}
