using System.CommandLine;
using System.Globalization;

namespace LlmMetrics.Tool.Price;

/// <summary><c>llm-metrics price</c>: what a call costs.</summary>
internal static class PriceCommand
{
    public static Command Create(ToolConsole console)
    {
        var arguments = new PriceArguments();
        var files = PriceSources.Option();
        var command = new Command("price", "What a call costs by the price data that comes with the library.");
        arguments.AddTo(command);
        command.Options.Add(files);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var prices = PriceSources.Load(parsed.GetValue(files));
            return parsed.GetValue(arguments.Stdin)
                ? await PriceLines.AnswerAsync(prices, console, cancellationToken).ConfigureAwait(false)
                : Answer(arguments, parsed, prices, console);
        });
        return command;
    }

    private static int Answer(PriceArguments arguments, ParseResult parsed, PriceCatalogue prices, ToolConsole console)
    {
        var at = parsed.GetValue(arguments.At) ?? TimeProvider.System.GetUtcNow();
        var answer = PriceAnswer.Of(arguments.ToCall(parsed), prices, at);
        if (parsed.GetValue(arguments.Json))
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
