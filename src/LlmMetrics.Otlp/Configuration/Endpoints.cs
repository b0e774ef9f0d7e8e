namespace LlmMetrics.Configuration;

/// <summary>Endpoints: which are usable, where signals go, and what of them may be shown.</summary>
internal static class Endpoints
{
    public static bool IsUsable(Uri? endpoint) =>
        endpoint is { IsAbsoluteUri: true } && endpoint.Scheme is "http" or "https" && endpoint.Host.Length > 0;

    /// <summary>Parts of a URL that may hold secrets are left out.</summary>
    public static string Redact(Uri endpoint) => endpoint.IsAbsoluteUri
        ? endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : "a relative URL";

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
