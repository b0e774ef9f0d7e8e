using LlmMetrics.Testing;

namespace LlmMetrics.Conventions.Tests;

public sealed class LayoutRuleTests
{
    [Fact]
    public async Task TopLevel_Checkout_HoldsOnlyWhatBelongsThere() =>
        Assert.Empty(LayoutRules.TopLevel((await Checkout.FilesAsync()).Select(static file => file.Path)));

    [Fact]
    public void TopLevel_StrayFile_IsFound() =>
        Assert.Equal(["notes.txt"], LayoutRules.TopLevel(["src/a.cs", "notes.txt", "LICENSE"]));

    [Fact]
    public void NugetConfig_Checkout_NamesNoFeed() =>
        Assert.Empty(LayoutRules.NugetConfig(File.ReadAllText(Repository.PathOf("nuget.config"))));

    [Theory]
    [InlineData("<configuration><packageSources><clear /></packageSources></configuration>")]
    [InlineData("<configuration><packageSources><add key='a' value='feed' /></packageSources></configuration>")]
    [InlineData("<configuration><config><add key='a' value='https://feed.example' /></config></configuration>")]
    public void NugetConfig_FeedOrClear_IsFound(string text) => Assert.NotEmpty(LayoutRules.NugetConfig(text));

    [Fact]
    public async Task Readmes_Checkout_EachPackageHasOne() =>
        Assert.Empty(LayoutRules.Readmes([.. await Checkout.FilesAsync()]));

    [Fact]
    public void Readmes_MissingOrShort_IsFound() => Assert.Equal(2, LayoutRules.Readmes([
        new SourceFile("src/A/A.csproj", "<Project />"),
        new SourceFile("src/B/B.csproj", "<Project />"),
        new SourceFile("src/B/README.md", "# B"),
        new SourceFile("src/C/C.csproj", "<Project />"),
        new SourceFile("src/C/README.md", new string('x', 200)),
    ]).Count());

    [Fact]
    public async Task AdapterSizes_Checkout_AreThin() =>
        Assert.Empty(LayoutRules.AdapterSizes(await Checkout.FilesAsync()));

    [Fact]
    public void AdapterSizes_ThickAdapter_IsFound()
    {
        var text = string.Concat(Enumerable.Repeat("//\n", 750));
        SourceFile[] files =
        [
            new("src/LlmMetrics.Json/A.cs", text), new("src/LlmMetrics.Json/B.cs", text),
            new("src/LlmMetrics.Otlp/A.cs", text), new("src/LlmMetrics/A.cs", text + text),
        ];
        Assert.Equal(["LlmMetrics.Json: 1500 lines"], LayoutRules.AdapterSizes(files));
    }

    [Fact]
    public async Task OutsideSolution_Checkout_IsEmpty()
    {
        var paths = (await Checkout.FilesAsync()).Select(static file => file.Path);
        Assert.Empty(LayoutRules.OutsideSolution(File.ReadAllText(Repository.PathOf("LlmMetrics.sln")), paths));
    }

    [Fact]
    public void OutsideSolution_ForgottenProject_IsFound() => Assert.Equal(
        ["src/B/B.csproj"],
        LayoutRules.OutsideSolution("Project = \"A\", \"src\\A\\A.csproj\"", ["src/A/A.csproj", "src/B/B.csproj"]));
}
