using System.Buffers;
using LlmMetrics.Llm;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>
/// Checks the options of handlers when the app starts: a handler is made with the first client, where an exception
/// would be the app's.
/// </summary>
internal sealed class HandlerOptionsValidator : IValidateOptions<LlmMetricsHandlerOptions>
{
    private const string Host = "it must be a host, a host with its port, or one with a star at its start or end.";

    private static readonly SearchValues<char> _notInHosts = SearchValues.Create("/\\@?# \t\r\n");

    public ValidateOptionsResult Validate(string? name, LlmMetricsHandlerOptions options)
    {
        var errors = new List<string>();
        foreach (var (host, provider) in options.ProviderHosts)
        {
            if (!IsHost(host))
            {
                Add("ProviderHosts", $"has '{host}'; {Host}");
            }

            if (string.IsNullOrWhiteSpace(provider))
            {
                Add("ProviderHosts", $"has no provider for '{host}'; it must have one.");
            }
        }

        foreach (var host in options.IncludeUsageHosts)
        {
            if (!IsHost(host))
            {
                Add("IncludeUsageHosts", $"has '{host}'; {Host}");
            }
        }

        foreach (var api in options.Apis)
        {
            if (Complain(api) is { } complaint)
            {
                Add("Apis", $"has '{api?.Path}' that cannot be used: {complaint}");
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Add(string property, string text) => errors.Add($"AddLlmMetricsHandler({name}):{property} {text}");
    }

    private static bool IsHost(string? host) =>
        !string.IsNullOrEmpty(host) && host.AsSpan().IndexOfAny(_notInHosts) < 0;

    private static string? Complain(LlmApi? api)
    {
        if (api is null)
        {
            return "it is null.";
        }

        try
        {
            OwnProtocol.Route(api);
            return api.Host is null || IsHost(api.Host) ? null : $"'{api.Host}' is no host; {Host}";
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }
}
