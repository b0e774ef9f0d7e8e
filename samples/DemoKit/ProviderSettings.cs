using Microsoft.Extensions.Configuration;

namespace DemoKit;

/// <summary>Where a provider is: <c>Providers:{name}:BaseUrl</c> and <c>:ApiKey</c> of the configuration.</summary>
/// <param name="Name">Its name as metrics show it.</param>
/// <param name="BaseUrl">Its base address, ending in a slash.</param>
/// <param name="ApiKey">Its key; a simulated one takes any.</param>
public sealed record ProviderSettings(string Name, Uri BaseUrl, string ApiKey)
{
    /// <summary>Reads them.</summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="usual">Its address where the configuration has none.</param>
    public static ProviderSettings Read(IConfiguration configuration, string name, string usual)
    {
        var section = configuration.GetSection("Providers").GetSection(name);
        var address = section["BaseUrl"] is { Length: > 0 } configured ? configured : usual;
        return new ProviderSettings(name, new Uri(address.TrimEnd('/') + "/"), section["ApiKey"] ?? "none");
    }
}
