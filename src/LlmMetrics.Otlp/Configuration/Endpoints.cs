namespace LlmMetrics.Configuration;

/// <summary>Endpoints: which are usable, where signals go, and what of them may be shown.</summary>
internal static class Endpoints
{
    public static bool IsUsable(Uri? endpoint) =>
        endpoint is { IsAbsoluteUri: true } && endpoint.Scheme is "http" or "https" && endpoint.Host.Length > 0;

    /// <summary>Parts of a URL that may hold secrets are left out.</summary>
    public static string Redact(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri)
        {
            return "a relative URL";
        }

        // Of a scheme that is not known to have a query, the query is in the path.
        var shown = UriComponents.SchemeAndServer;
        if (IsUsable(endpoint))
        {
            shown |= UriComponents.Path;
        }

        return endpoint.GetComponents(shown, UriFormat.UriEscaped);
    }

    /// <summary>Appends the path of a signal to a base URL.</summary>
    public static Uri Append(Uri baseUrl, string path)
    {
        var url = new UriBuilder(baseUrl);
        url.Path = url.Path.TrimEnd('/') + "/" + path;
        return WithoutUserInfo(url.Uri);
    }

    /// <summary>HTTP clients do not send user info, but errors show it.</summary>
    public static Uri WithoutUserInfo(Uri endpoint) => endpoint.UserInfo.Length == 0
        ? endpoint
        : new UriBuilder(endpoint) { UserName = string.Empty, Password = string.Empty }.Uri;
}
