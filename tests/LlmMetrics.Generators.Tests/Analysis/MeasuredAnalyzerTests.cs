namespace LlmMetrics.Generators.Tests.Analysis;

public sealed class MeasuredAnalyzerTests
{
    private const string Plain =
        "public class Plain { [Measured(\"plain\")] public virtual int Go(int x = 0) => x; }\n";

    [Theory]
    [InlineData("public class C { [Measured(\"a\")] private int Go() => 1; }", "LLM0001: Go")]
    [InlineData("public class C { [Measured(\"a\")] protected int Go() => 1; }", "LLM0001: Go")]
    [InlineData("public class C { private class N { [Measured(\"a\")] public int Go() => 1; } }", "LLM0001: Go")]
    [InlineData("file class C { [Measured(\"a\")] public int Go() => 1; }", "LLM0001: Go")]
    [InlineData("class C { void M() { [Measured(\"a\")] int Go() => 1; Go(); } }", "LLM0001: Go")]
    [InlineData("public class O { private interface I { [Measured(\"a\")] int Go(); } }", "LLM0001: Go")]
    [InlineData("class C { Func<int, int> M(Plain p) => p.Go; }", "LLM0002: p.Go")]
    [InlineData("class C { void M(Plain p, int[] xs) => xs.Select(p.Go).ToList(); }", "LLM0002: p.Go")]
    [InlineData("class D : Plain { public override int Go(int x) => base.Go(x); }", "LLM0003: base.Go(x)")]
    [InlineData("class B<T> { [Measured(\"a\")] public void Go(T x) { } void M(T x) => Go(x); }", "LLM0004: Go(x)")]
    [InlineData(
        "class B { [Measured(\"a\")] public void Go<T>(T x) { } void M() => Go(new { A = 1 }); }",
        "LLM0004: Go(new { A = 1 })")]
    [InlineData("interface I { int Go(); } class C : I { [Measured(\"a\")] public int Go() => 1; }", "LLM0005: Go")]
    [InlineData("class C { void M(Plain p, dynamic x) => p.Go(x); }", "LLM0006: p.Go(x)")]
    [InlineData("struct S { [Measured(\"a\")] public int Go() => 1; }", "LLM0007: Go")]
    [InlineData("class C { int _x; [Measured(\"a\")] public ref int Go() => ref _x; }", "LLM0007: Go")]
    [InlineData("class C { [Measured(\"a\")] public async void Go() => await Task.Yield(); }", "LLM0007: Go")]
    [InlineData("class C { [Measured(\"a\")] public static unsafe int* Go() => null; }", "LLM0007: Go")]
    [InlineData("interface I<T> { [Measured(\"a\")] T Go(); }", "LLM0007: Go")]
    [InlineData("interface I { [Measured(\"a\")] sealed int Go() => 1; }", "LLM0007: Go")]
    [InlineData("interface I { int X { [Measured(\"a\")] get; } }", "LLM0007: get")]
    [InlineData("public class C { public int X { [Measured(\"a\")] get; } }", "LLM0007: get")]
    [InlineData(
        "interface I { int Go(); }"
        + " class C : I { public int Go() => 1; static void M(IServiceCollection s) => s.AddMeasured<I, C>(); }",
        "LLM0008: s.AddMeasured<I, C>()")]
    [InlineData("class C { [Measured(\" \")] public int Go() => 1; }", "LLM0009: Go")]
    [InlineData(
        "class C { System.Linq.Expressions."
        + "Expression<Func<Plain, int>> E = p => p.Go(1); }",
        "LLM0010: p.Go(1)")]
    public async Task Analyze_WhatCannotWork_IsSaid(string source, string expected) =>
        Assert.Equal([expected], await new Source(Plain + source).AnalyzeAsync());

    [Theory]
    [InlineData("class C { int M(Plain p) => p.Go(1) + p?.Go() ?? nameof(p.Go).Length; }")]
    [InlineData("class D : Plain { public override int Go(int x) => this.Go(x - 1); }")]
    [InlineData("class C { Func<int> M(Plain p) => () => p.Go(1); }")]
    [InlineData("class B<T> { int M(Plain p) => p.Go(); }")]
    [InlineData("class B { [Measured(\"a\")] public void Go<T>(T x) { } void M() => Go(1); }")]
    [InlineData("interface I { [Measured(\"a\")] int Go(); } class C : I { [Measured(\"a\")] public int Go() => 1; }")]
    [InlineData("interface I { [Measured(\"a\")] int Go(); } class C { Func<int> M(I i) => i.Go; }")]
    [InlineData(
        "interface I { [Measured(\"a\")] int Go(); }"
        + " class C : I { public int Go() => 1; static void M(IServiceCollection s) => s.AddMeasured<I, C>(); }")]
    public async Task Analyze_WhatWorks_IsSilent(string source) =>
        Assert.Empty(await new Source(Plain + source).AnalyzeAsync());

    [Fact]
    public async Task Analyze_InterceptorsOff_IsSaidAtTheMethod() =>
        Assert.Equal(["LLM0011: Go"], await new Source(Plain, canIntercept: false).AnalyzeAsync());

    [Fact]
    public void SupportedDiagnostics_All_HaveAPage()
    {
        var folder = Path.Combine(LlmMetrics.Testing.Repository.Root, "docs", "diagnostics");

        foreach (var descriptor in new LlmMetrics.Generators.Analysis.MeasuredAnalyzer().SupportedDiagnostics)
        {
            var page = Path.Combine(folder, descriptor.Id + ".md");
            Assert.True(File.Exists(page), page);
            Assert.StartsWith(
                $"# {descriptor.Id}: {descriptor.Title}\n", File.ReadAllText(page), StringComparison.Ordinal);
        }
    }
}
