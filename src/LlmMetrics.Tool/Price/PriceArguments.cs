using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LlmMetrics.Tool.Price;

/// <summary>The options of <c>price</c>.</summary>
internal sealed class PriceArguments
{
    public Option<string> Provider { get; } = new("--provider")
    {
        Description = "The provider, such as openai, anthropic or azure.ai.openai",
        HelpName = "P",
    };

    public Option<string> Model { get; } = new("--model")
    {
        Description = "The model that answered",
        HelpName = "M",
    };

    public Option<long?> Input { get; } = Count("--input", "Input tokens, cached ones included");

    public Option<long?> Output { get; } = Count("--output", "Output tokens, reasoning included");

    public Option<long?> Cached { get; } = Count("--cached", "Those of the input that came from the provider's cache");

    public Option<long?> CacheWrite { get; } =
        Count("--cache-write", "Those of the input that were written to the provider's cache");

    public Option<long?> Reasoning { get; } = Count("--reasoning", "Those of the output that were spent on reasoning");

    public Option<DateTimeOffset?> At { get; } = new("--at")
    {
        Description = "When the call was made: a date or an ISO 8601 time, UTC; now if left out",
        HelpName = "DATE",
        CustomParser = Moments.FromOption,
    };

    public Option<string> ServiceTier { get; } = new("--service-tier")
    {
        Description = "The service tier that was served, such as flex, priority or batch",
        HelpName = "TIER",
    };

    public Option<bool> Stdin { get; } = new("--stdin")
    {
        Description = "Read calls from standard input, one JSON object a line, and answer each with one",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "One line of JSON" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
            { Provider, Model, Input, Output, Cached, CacheWrite, Reasoning, ServiceTier, At, Stdin, Json })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(Check);
    }

    private void Check(CommandResult result)
    {
        var given = result.Children.OfType<OptionResult>().Where(static option => !option.Implicit)
            .Select(static option => option.Option).ToHashSet();
        if (given.Contains(Stdin))
        {
            Option[] ofOneCall =
                [Provider, Model, Input, Output, Cached, CacheWrite, Reasoning, ServiceTier, At];
            foreach (var option in ofOneCall.Where(given.Contains))
            {
                result.AddError($"{option.Name} says what --stdin reads from each line");
            }

            return;
        }

        foreach (var option in new Option[] { Provider, Model }.Where(option => !given.Contains(option)))
        {
            result.AddError($"{option.Name} is missing");
        }
    }

    public LlmCall ToCall(ParseResult parsed) => new()
    {
        Provider = parsed.GetRequiredValue(Provider),
        ResponseModel = parsed.GetRequiredValue(Model),
        InputTokens = parsed.GetValue(Input),
        OutputTokens = parsed.GetValue(Output),
        CachedInputTokens = parsed.GetValue(Cached),
        CacheWriteInputTokens = parsed.GetValue(CacheWrite),
        ReasoningOutputTokens = parsed.GetValue(Reasoning),
        ServiceTier = parsed.GetValue(ServiceTier),
    };

    private static Option<long?> Count(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = static result => ParseCount(result),
    };

    private static long? ParseCount(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return count;
        }

        result.AddError($"'{text}' is no number of tokens");
        return null;
    }
}
