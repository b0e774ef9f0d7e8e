namespace Simulator.Behaviour;

/// <summary>Which dated model answers for a name, and how it behaves.</summary>
internal sealed class ModelTable(IDictionary<string, string> overrides)
{
    private const string DefaultDeploymentModel = "gpt-4o-2024-08-06";

    private static readonly Dictionary<string, string> _served = new(StringComparer.Ordinal)
    {
        ["gpt-3.5-turbo"] = "gpt-3.5-turbo-0125",
        ["gpt-4"] = "gpt-4-0613",
        ["gpt-4-turbo"] = "gpt-4-turbo-2024-04-09",
        ["gpt-4o"] = "gpt-4o-2024-08-06",
        ["gpt-4o-mini"] = "gpt-4o-mini-2024-07-18",
        ["gpt-4.1"] = "gpt-4.1-2025-04-14",
        ["gpt-4.1-mini"] = "gpt-4.1-mini-2025-04-14",
        ["gpt-4.1-nano"] = "gpt-4.1-nano-2025-04-14",
        ["gpt-5"] = "gpt-5-2025-08-07",
        ["gpt-5-mini"] = "gpt-5-mini-2025-08-07",
        ["gpt-5-nano"] = "gpt-5-nano-2025-08-07",
        ["o1"] = "o1-2024-12-17",
        ["o3"] = "o3-2025-04-16",
        ["o3-mini"] = "o3-mini-2025-01-31",
        ["o4-mini"] = "o4-mini-2025-04-16",
        ["text-embedding-ada-002"] = "text-embedding-ada-002-v2",
        ["text-embedding-3-small"] = "text-embedding-3-small",
        ["text-embedding-3-large"] = "text-embedding-3-large",
    };

    public static IEnumerable<string> Names => _served.Keys.Concat(_served.Values).Distinct(StringComparer.Ordinal);

    public string Served(string requested, bool deployment)
    {
        if (overrides.TryGetValue(requested, out var served) || _served.TryGetValue(requested, out served))
        {
            return served;
        }

        // A deployment's name is free, but the answer names the model behind it.
        return deployment ? DefaultDeploymentModel : requested;
    }

    public static bool Reasons(string served) =>
        served.StartsWith("gpt-5", StringComparison.Ordinal)
        || (served.Length > 1 && served[0] == 'o' && char.IsAsciiDigit(served[1]));

    public static bool Caches(string served) =>
        !served.StartsWith("gpt-3.5", StringComparison.Ordinal)
        && !served.StartsWith("gpt-4-", StringComparison.Ordinal);

    public static int Dimensions(string served) =>
        served.StartsWith("text-embedding-3-large", StringComparison.Ordinal) ? 3072 : 1536;
}
