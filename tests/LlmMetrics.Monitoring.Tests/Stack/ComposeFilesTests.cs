using YamlDotNet.Serialization;

namespace LlmMetrics.Monitoring.Tests.Stack;

/// <summary>The compose files, as far as they can be checked without a container engine.</summary>
public sealed class ComposeFilesTests
{
    public static TheoryData<string> Stacks => CommittedStacks.Names;

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Services_EveryMountedPath_Exists(string stack)
    {
        var mounts = Services(stack)
            .SelectMany(static service => List(service.Value, "volumes"))
            .Where(static volume => volume.StartsWith("./", StringComparison.Ordinal))
            .Select(static volume => volume.Split(':')[0])
            .ToArray();

        Assert.NotEmpty(mounts);
        Assert.All(mounts, mount => Assert.True(
            Path.Exists(Path.Combine(CommittedStacks.FolderOf(stack), mount)), $"{stack}: {mount}"));
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Services_VolumesAndNetworks_AreDeclared(string stack)
    {
        var documents = Documents(stack).ToArray();
        var volumes = documents.SelectMany(static document => Map(document, "volumes").Keys).ToHashSet();
        var networks = documents.SelectMany(static document => Map(document, "networks").Keys).ToHashSet();

        Assert.All(Services(stack), service =>
        {
            Assert.All(List(service.Value, "networks"), network => Assert.Contains(network, networks));
            Assert.All(
                List(service.Value, "volumes").Where(static v => !v.StartsWith("./", StringComparison.Ordinal)),
                volume => Assert.Contains(volume.Split(':')[0], volumes));
            Assert.True(service.Value.ContainsKey("image"), service.Key);
        });
    }

    [Theory]
    [InlineData(
        "testboost", "testboost-network", "testboost-prometheus 9090:9090", "testboost-grafana 3000:3000",
        "testboost-alertmanager 9093:9093")]
    [InlineData(
        "voicebot", "voicebot-network", "voicebot-prometheus 9092:9090", "voicebot-grafana 3000:3000",
        "voicebot-app 9090:9090", "voicebot-app 9091:9091")]
    public void Services_OfADocument_HaveItsNamesAndPorts(string stack, string network, params string[] containers)
    {
        var services = Services(stack);
        var published = services.SelectMany(static service => List(service.Value, "ports").Select(port =>
            $"{service.Value["container_name"]} {string.Join(':', port.Split(':')[^2..])}"));

        Assert.Empty(containers.Except(published));
        Assert.All(services, service => Assert.Contains(network, List(service.Value, "networks")));
    }

    [Theory]
    [InlineData("testboost", "testboost")]
    [InlineData("voicebot", "admin")]
    public void Grafana_OfADocument_HasItsLogin(string stack, string password)
    {
        var environment = (Dictionary<object, object>)Services(stack)["grafana"]["environment"];

        Assert.Equal("admin", environment["GF_SECURITY_ADMIN_USER"]);
        Assert.Equal($"${{GRAFANA_PASSWORD:-{password}}}", environment["GF_SECURITY_ADMIN_PASSWORD"]);
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Grafana_DataSources_AreServersThatAnswerPromQl(string stack)
    {
        var document = Read(CommittedStacks.PathOf(stack, "datasources/prometheus.yml"));
        var urls = ((List<object>)document["datasources"])
            .Select(static source => new Uri((string)((Dictionary<object, object>)source)["url"]));

        // Not the app, as one document has it: a data source is asked in PromQL, which an exporter does not speak.
        Assert.Equal(["prometheus:9090", "victoriametrics:8428"], urls.Select(static url => url.Authority));
        Assert.All(urls, url => Assert.Contains(url.Host, Services(stack).Keys));
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Grafana_Dashboards_AreReadEveryThirtySecondsFromTheMountedFolder(string stack)
    {
        var document = Read(CommittedStacks.PathOf(stack, "dashboards/dashboards.yml"));
        var provider = (Dictionary<object, object>)((List<object>)document["providers"]).Single();
        var path = (string)((Dictionary<object, object>)provider["options"])["path"];

        Assert.Equal("30", provider["updateIntervalSeconds"]);
        Assert.NotEqual("", provider["folder"]);
        Assert.Contains(
            List(Services(stack)["grafana"], "volumes"), volume => volume.Split(':')[1] == path);
    }

    private static Dictionary<string, Dictionary<object, object>> Services(string stack) => Documents(stack)
        .SelectMany(static document => Map(document, "services"))
        .ToDictionary(static pair => pair.Key, static pair => (Dictionary<object, object>)pair.Value);

    private static IEnumerable<Dictionary<object, object>> Documents(string stack) => CommittedStacks.Emit(stack)
        .Where(static file => file.Path.StartsWith("docker-compose", StringComparison.Ordinal))
        .Select(file => Read(Path.Combine(CommittedStacks.FolderOf(stack), file.Path)));

    private static Dictionary<object, object> Read(string path) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(path));

    private static Dictionary<string, object> Map(Dictionary<object, object> parent, string key) =>
        parent.TryGetValue(key, out var value)
            ? ((Dictionary<object, object>)value).ToDictionary(static p => (string)p.Key, static p => p.Value)
            : [];

    private static IEnumerable<string> List(Dictionary<object, object> parent, string key) =>
        parent.TryGetValue(key, out var value) ? ((List<object>)value).Cast<string>() : [];
}
