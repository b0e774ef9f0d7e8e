using Microsoft.CodeAnalysis;

namespace LlmMetrics.Generators.Tests;

/// <summary>Why each step ran again: an edit elsewhere must not write anything anew.</summary>
public sealed class IncrementalTests
{
    private const string Text = """
        public interface IWork { [Measured("a")] int Go(); [Measured("b")] int Stop(); }
        public class Work { [Measured("c")] public int Go() => 1; }
        public class Caller { public int M(Work work) => work.Go() + Other(); int Other() => 1; }
        """;

    private static readonly IncrementalStepRunReason[] _kept =
        [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    private static readonly string[] _outputs =
        [MeasuredGenerator.DistinctDecoratorsStep, MeasuredGenerator.NamesStep, MeasuredGenerator.AllCallsStep];

    [Fact]
    public void RunGenerators_EditElsewhere_CachesAllSteps()
    {
        var source = new Source(Text);
        var driver = source.Driver().RunGenerators(source.Compilation);

        var edited = source.Compilation.AddSyntaxTrees(source.Parse("class Unrelated { int X() => 5; }", "New.cs"));
        var result = driver.RunGenerators(edited).GetRunResult().Results[0];

        foreach (var step in _outputs.Append(MeasuredGenerator.CandidatesStep).Append(MeasuredGenerator.CallsStep)
            .Append(MeasuredGenerator.DecoratorsStep))
        {
            Assert.All(Reasons(result, step), static reason =>
                Assert.Contains(reason, _kept));
        }

        Assert.All(
            result.TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static run => run.Outputs),
            static output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void RunGenerators_AttributeEdited_WritesOnlyWhatItConcerns()
    {
        var source = new Source(Text);
        var driver = source.Driver().RunGenerators(source.Compilation);
        var tree = source.Compilation.SyntaxTrees[1];

        var edited = source.Compilation.ReplaceSyntaxTree(
            tree, source.Parse(Text.Replace("\"b\"", "\"other\"", StringComparison.Ordinal), tree.FilePath));
        var result = driver.RunGenerators(edited).GetRunResult().Results[0];

        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(result, MeasuredGenerator.DistinctDecoratorsStep));
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(result, MeasuredGenerator.NamesStep));
    }

    [Fact]
    public void RunGenerators_Steps_KeepNoSymbolsAndNoCompilation()
    {
        var source = new Source(Text);

        var result = source.Driver().RunGenerators(source.Compilation).GetRunResult().Results[0];

        foreach (var step in _outputs.Append(MeasuredGenerator.CallsStep))
        {
            Assert.NotEmpty(result.TrackedSteps[step]);
            Assert.All(
                result.TrackedSteps[step].SelectMany(static run => run.Outputs),
                static output => Assert.False(output.Value is ISymbol or SyntaxNode or Compilation, $"{output.Value}"));
        }
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(static run => run.Outputs).Select(static output => output.Reason);
}
