using System.CommandLine;

namespace LlmMetrics.Tool.Prices;

/// <summary><c>llm-metrics prices</c>: what price data there is, and whether a file of one's own is right.</summary>
internal static class PricesCommand
{
    public static Command Create(ToolConsole console)
    {
        var command = new Command("prices", "Lists, checks and converts price data.");
        command.Subcommands.Add(PricesList.Create(console));
        command.Subcommands.Add(PricesValidate.Create(console));
        command.Subcommands.Add(PricesConvert.Create(console));
        return command;
    }
}
