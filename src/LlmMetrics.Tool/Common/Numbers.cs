using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LlmMetrics.Tool;

/// <summary>Options whose value is a number, with messages that say what was expected.</summary>
internal static class Numbers
{
    public static Option<double?> Option(string name, string description, string help = "N") => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = Parse,
    };

    public static Option<long?> Whole(string name, string description, string help = "N") => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = ParseWhole,
    };

    private static double? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (double.TryParse(text,
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            return value;
        }

        result.AddError($"{NameOf(result)}: '{text}' is no number; write it like 38000 or 0.85");
        return null;
    }

    private static long? ParseWhole(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        result.AddError($"{NameOf(result)}: '{text}' is no whole number");
        return null;
    }

    private static string NameOf(ArgumentResult result) =>
        (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;
}
