namespace Simulator.OpenAi;

/// <summary>Operation and, on Azure's paths, deployment of a request path.</summary>
internal readonly record struct ApiRoute(ApiOperation Operation, string? Deployment)
{
    public string Name => Operation.ToString().ToLowerInvariant();

    public bool Azure => Deployment is not null;

    public static ApiRoute Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["v1", .. var rest] => new(Find(rest), Deployment: null),
            ["openai", "deployments", var deployment, .. var rest] => new(Find(rest), deployment),
            ["openai", "v1", .. var rest] => new(Find(rest), Deployment: null),
            _ => new(ApiOperation.Unknown, Deployment: null),
        };
    }

    private static ApiOperation Find(string[] rest) => rest switch
    {
        ["chat", "completions"] => ApiOperation.Chat,
        ["embeddings"] => ApiOperation.Embeddings,
        ["responses"] => ApiOperation.Responses,
        ["models"] or ["models", _] => ApiOperation.Models,
        ["audio", "speech"] or ["text-to-speech", _] or ["text-to-speech", _, "stream"] => ApiOperation.Speech,
        ["listen"] => ApiOperation.Listen,
        _ => ApiOperation.Unknown,
    };
}
