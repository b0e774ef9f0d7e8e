namespace LlmMetrics.Testing.Tests;

public sealed class TextDiffTests
{
    [Theory]
    [InlineData("a\nb", "a\nb", "")]
    [InlineData("a", "b", "-    1: a\n+    1: b")]
    [InlineData("a\nb\nc", "a\nc", "     1: a\n-    2: b\n     2: c")]
    [InlineData("a\nc", "a\nb\nc", "     1: a\n+    2: b\n     3: c")]
    [InlineData("a\nb\nc", "b\nx\nc", "-    1: a\n     1: b\n+    2: x\n     3: c")]
    public void Describe_TwoTexts_ListsWhatDiffers(string expected, string actual, string diff) =>
        Assert.Equal(diff, TextDiff.Describe(expected, actual));

    [Fact]
    public void Describe_ChangesFarApart_LeavesOutTheMiddle()
    {
        var lines = Enumerable.Range(0, 50).Select(static i => $"line {i}").ToArray();
        var changed = lines.ToArray();
        (changed[0], changed[49]) = ("first", "last");
        var diff = TextDiff.Describe(string.Join('\n', lines), string.Join('\n', changed));
        Assert.Contains("  ...\n", diff, StringComparison.Ordinal);
        Assert.DoesNotContain("line 25", diff, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_HugeDifference_IsCut()
    {
        var long1 = string.Join('\n', Enumerable.Range(0, 5_000));
        var long2 = string.Join('\n', Enumerable.Range(10_000, 5_000));
        Assert.InRange(TextDiff.Describe(long1, long2).Split('\n').Length, 10, 100);
    }
}
