namespace LlmMetrics.Conventions.Tests;

public sealed class RuleTests
{
    private static readonly Dictionary<string, Rule> _rules = SizeRules.All
        .Concat(SyntaxRules.All)
        .Concat(TypeRules.All)
        .Concat(NameRules.All)
        .ToDictionary(static rule => rule.Name);

    public static TheoryData<string> Names => new(_rules.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Findings_AllFiles_AreNone(string name)
    {
        var files = await Checkout.FilesAsync();
        Assert.True(files.Count > 20, $"only {files.Count} files were found");
        var findings = files.SelectMany(_rules[name].Findings).ToList();
        Assert.True(findings.Count == 0, $"{name}:\n{string.Join('\n', findings)}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Findings_BadExamples_AreFound(string name)
    {
        Assert.NotEmpty(_rules[name].Bad);
        Assert.All(_rules[name].Bad, example => Assert.NotEmpty(_rules[name].Findings(example)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Findings_GoodExamples_AreNone(string name)
    {
        Assert.NotEmpty(_rules[name].Good);
        Assert.All(_rules[name].Good, example => Assert.Empty(_rules[name].Findings(example)));
    }
}
