namespace LlmMetrics.Conventions.Tests;

public sealed class PackageTests(PackedProduct packed) : IClassFixture<PackedProduct>
{
    private const string Commit = "0123456789";

    private const string Nuspec = """
        <package><metadata>
          <id>LlmMetrics.Json</id><description>Files.</description><authors>A</authors><tags>t</tags>
          <copyright>c</copyright><license type="expression">MIT</license><readme>README.md</readme>
          <repository type="git" commit="0123456789" />
          <dependencies><group><dependency id="LlmMetrics" version="1.0.0" /></group></dependencies>
        </metadata></package>
        """;

    private static readonly string[] _entries =
        ["README.md", "lib/net10.0/LlmMetrics.Json.dll", "lib/net10.0/LlmMetrics.Json.xml"];

    public static TheoryData<string> Packages => new(Product.Packages);

    [Fact]
    public void Pack_EveryProduct_HasPackageAndSymbols()
    {
        Assert.Equal(Product.Packages, packed.Ids("nupkg"));
        Assert.Equal(Product.Packages, packed.Ids("snupkg"));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Findings_Package_AreNone(string id)
    {
        using var package = packed.Open(id, "nupkg");
        var entries = package.Entries.Select(static entry => entry.FullName).ToList();
        Assert.Empty(PackageRules.Findings(PackedProduct.ReadNuspec(package), entries, packed.Commit));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Assemblies_Package_AreMarkedAsFitForTrimming(string id)
    {
        // The mark that IsAotCompatible leaves, which also switches on the analyzers for trimming and AOT.
        using var package = packed.Open(id, "nupkg");
        foreach (var entry in package.Entries.Where(static entry =>
            entry.FullName.StartsWith("lib/", StringComparison.Ordinal)
            && entry.Name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            using var stream = entry.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);

            Assert.True(content.ToArray().AsSpan().IndexOf("\vIsTrimmable\u0004True"u8) >= 0, entry.FullName);
        }
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void SourceLink_Symbols_PointToTheCommit(string id)
    {
        using var symbols = packed.Open(id, "snupkg");
        var map = SourceLink.Read(symbols);

        // Without a remote, or with one that is a folder, there is no address that the SDK could write.
        Assert.Equal(SourceLink.IsKnownHost(packed.Remote), map is not null);
        Assert.True(map is null || map.Contains(packed.Commit!, StringComparison.Ordinal), map);
    }

    [Theory]
    [InlineData("https://github.com/a/b.git", true)]
    [InlineData("git@github.com:a/b.git", true)]
    [InlineData("/home/somebody/llmmetrics", false)]
    [InlineData("https://git.example/a/b.git", false)]
    [InlineData(null, false)]
    public void IsKnownHost_Remote_DecidesWhetherSourceLinkIsDue(string? remote, bool expected) =>
        Assert.Equal(expected, SourceLink.IsKnownHost(remote));

    [Fact]
    public void Findings_GoodPackage_AreNone() => Assert.Empty(PackageRules.Findings(Nuspec, _entries, Commit));

    [Theory]
    [InlineData("MIT", "Other")]
    [InlineData("type=\"expression\"", "type=\"file\"")]
    [InlineData("<readme>README.md</readme>", "")]
    [InlineData("Files.", "Package Description")]
    [InlineData("<tags>t</tags>", "")]
    [InlineData("0123456789", "9876543210")]
    [InlineData("type=\"git\"", "")]
    [InlineData("id=\"LlmMetrics\"", "id=\"Newtonsoft.Json\"")]
    [InlineData("version=\"1.0.0\"", "version=\"[1.0.0]\"")]
    public void Findings_BadMetadata_AreFound(string good, string bad)
    {
        Assert.Contains(good, Nuspec, StringComparison.Ordinal);
        var nuspec = Nuspec.Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEmpty(PackageRules.Findings(nuspec, _entries, Commit));
    }

    [Fact]
    public void Findings_MissingOrStrayFiles_AreFound()
    {
        Assert.All(_entries, entry =>
            Assert.NotEmpty(PackageRules.Findings(Nuspec, [.. _entries.Where(other => other != entry)], Commit)));
        Assert.NotEmpty(PackageRules.Findings(Nuspec, [.. _entries, "content/secrets.json"], Commit));
    }
}
