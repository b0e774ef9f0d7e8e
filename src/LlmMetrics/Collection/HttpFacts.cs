using System.Diagnostics.Metrics;
using LlmMetrics.Facts;

namespace LlmMetrics.Collection;

/// <summary>
/// Derives HTTP facts from the framework's own measurements (HTTP conventions 1.41, stable), for profiles that give
/// them other names.
/// </summary>
internal static class HttpFacts
{
    private const string Unmatched = "unmatched";
    private const string OtherMethod = "_OTHER";
    private const int ClientClosedRequest = 499;
    private const int ServerError = 500;

    private static readonly string[] _methods =
        ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "QUERY"];

    /// <summary>How measurements of the instrument become facts; null if no profile asks for them.</summary>
    public static FactDerivation? DerivationOf(Instrument instrument, Recorder recorder)
    {
        FactKind kind;
        switch (instrument.Meter.Name, instrument.Name)
        {
            case ("Microsoft.AspNetCore.Hosting", "http.server.request.duration"):
                kind = FactKind.HttpServerCall;
                break;
            case ("System.Net.Http", "http.client.request.duration"):
                kind = FactKind.HttpClientCall;
                break;
            default:
                return null;
        }

        return recorder.HasInstruments(kind) ? (seconds, tags) => Record(recorder, kind, seconds, tags) : null;
    }

    private static void Record(
        Recorder recorder, FactKind kind, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!recorder.IsEnabled(kind))
        {
            return;
        }

        var fact = default(FactData);
        fact.Set(FactValue.Duration, seconds);
        foreach (ref readonly var tag in tags)
        {
            switch (tag.Key)
            {
                case "http.request.method":
                    fact.KeyFields[(int)FactField.Method] = MethodOf(tag.Value as string);
                    break;
                case "http.route":
                    fact.KeyFields[(int)FactField.Route] = tag.Value as string;
                    break;
                case "http.response.status_code":
                    fact.Closed.StatusCode = tag.Value is int status ? status : 0;
                    break;
                case "error.type":
                    fact.KeyFields[(int)FactField.ErrorType] = tag.Value as string;
                    break;
                case "server.address":
                    fact.KeyFields[(int)FactField.ServerAddress] = tag.Value as string;
                    break;
                case "server.port":
                    fact.Closed.ServerPort = tag.Value is int port ? port : 0;
                    break;
            }
        }

        if (kind == FactKind.HttpServerCall)
        {
            Complete(ref fact);
        }

        recorder.Record(kind, in fact);
    }

    private static void Complete(ref FactData fact)
    {
        ref var route = ref fact.KeyFields[(int)FactField.Route];
        route ??= Unmatched;
        if (fact.Closed.StatusCode >= ServerError)
        {
            // The server wrote an error because the app threw; had the client gone, it would not have.
            return;
        }

        if (fact.Key(FactField.ErrorType) is "System.OperationCanceledException"
            or "System.Threading.Tasks.TaskCanceledException"
            or "Microsoft.AspNetCore.Connections.ConnectionResetException"
            or "Microsoft.AspNetCore.Connections.ConnectionAbortedException")
        {
            fact.Closed.StatusCode = ClientClosedRequest;
        }
    }

    private static string MethodOf(string? method) =>
        method is not null && Array.IndexOf(_methods, method) >= 0 ? method : OtherMethod;
}
