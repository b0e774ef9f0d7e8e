using System.CommandLine;
using System.Globalization;

namespace LlmMetrics.Tool.Price;

/// <summary><c>llm-metrics price</c>: what a call costs.</summary>
internal static class PriceCommand
{
    public static Command Create(ToolConsole console)
    {
        var options = new PriceOptions();
        var command = new Command("price", "What a call costs by the price data that comes with the library.");
        options.AddTo(command);
        command.SetAction(parsed => Answer(options, parsed, console));
        return command;
    }

    private static int Answer(PriceOptions options, ParseResult parsed, ToolConsole console)
    {
        var at = parsed.GetValue(options.At) ?? TimeProvider.System.GetUtcNow();
        var answer = PriceAnswer.Of(options.ToCall(parsed), PriceCatalogue.Embedded, at);
        if (parsed.GetValue(options.Json))
        {
            console.WriteJsonLine(answer, PriceJson.Default.PriceAnswer);
        }
        else if (answer.CostUsd is { } cost)
        {
            console.WriteTable(
                [new("cost_usd", IsFigure: true), new("model_matched"), new("priced_at")],
                [[
                    cost.ToString(CultureInfo.InvariantCulture),
                    answer.ModelMatched ?? "",
                    at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ]]);
        }
        else
        {
            console.Say($"unpriced: {PriceAnswer.Explain(answer.Unpriced!)}");
        }

        return answer.CostUsd is null ? ExitCode.Findings : ExitCode.Ok;
    }
}
