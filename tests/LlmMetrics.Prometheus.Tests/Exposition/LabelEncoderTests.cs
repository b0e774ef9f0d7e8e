using System.Text;
using LlmMetrics.Exposition;

namespace LlmMetrics.Tests.Exposition;

public sealed class LabelEncoderTests
{
    [Theory]
    [InlineData("gen_ai.request.model", "gen_ai_request_model")]
    [InlineData("__name__", "_name_")]
    [InlineData("1st", "_1st")]
    [InlineData("", "_")]
    [InlineData("größe", "gr_e")]
    [InlineData("😀", "_")]
    [InlineData("le", "exported_le")]
    [InlineData("quantile", "exported_quantile")]
    [InlineData("LE", "LE")]
    [InlineData("job", "job")]
    public void Encode_Key_BecomesLegalName(string key, string expected) =>
        Assert.Equal($"{expected}=\"v\"", Encode((key, "v")));

    [Theory]
    [InlineData("quote \" backslash \\ feed \n", "quote \\\" backslash \\\\ feed \\n")]
    [InlineData("cr \r nul \0 \u2028 ﷺ 😀", "cr \r nul \0 \u2028 ﷺ 😀")]
    [InlineData("{}=,;", "{}=,;")]
    public void Encode_Text_IsEscaped(string value, string expected) =>
        Assert.Equal($"k=\"{expected}\"", Encode(("k", value)));

    [Fact]
    public void Encode_LoneSurrogates_AreReplaced() =>
        Assert.Equal("k=\"a\uFFFDb\uFFFD\"", Encode(("k", "a\uD83Db\uDE00")));

    [Theory]
    [InlineData("x", 256, false)]
    [InlineData("x", 257, true)]
    [InlineData("😀", 256, false)]
    [InlineData("😀", 257, true)]
    [InlineData("é", 100_000, true)]
    public void Encode_LongText_IsCutBetweenCodePointsAndMarked(string unit, int count, bool cut)
    {
        var value = string.Concat(Enumerable.Repeat(unit, count));

        var kept = cut ? string.Concat(Enumerable.Repeat(unit, 255)) + "…" : value;
        Assert.Equal($"k=\"{kept}\"", Encode(("k", value)));
    }

    [Fact]
    public void Encode_OtherTypes_AreInvariantText() =>
        Assert.Equal(
            "a=\"true\",b=\"-5\",c=\"1.5\",d=\"0.1\",e=\"Ordinal\",f=\"x\",g=\"Thrower\",h=\"Nothing\"",
            Encode(
                ("a", true),
                ("b", -5L),
                ("c", 1.5),
                ("d", 0.1m),
                ("e", StringComparison.Ordinal),
                ("f", 'x'),
                ("g", new Thrower()),
                ("h", new Nothing())));

    [Fact]
    public void Encode_EmptyValue_IsNoLabel() =>
        Assert.Equal("b=\"1\"", Encode(("a", string.Empty), ("b", "1"), ("c", null)));

    [Fact]
    public void Encode_KeysThatMeet_ShareTheLabelInTheOrderOfTheKeys() =>
        Assert.Equal(
            "a_b=\"dash;dot;dot2;under\"",
            Encode(("a_b", "under"), ("a.b", "dot"), ("a-b", "dash"), ("a.b", "dot2")));

    [Fact]
    public void Encode_AnyOrder_GivesTheSameBytes() =>
        Assert.Equal(Encode(("x", "1"), ("a", "2")), Encode(("a", "2"), ("x", "1")));

    [Fact]
    public void Encode_TagsThatOthersCouldEqual_AreNotExact()
    {
        var encoder = new LabelEncoder(scopeLabels: false);

        Assert.True(Exact("plain"));
        Assert.True(Exact("esc\"aped"));
        Assert.False(Exact(1));
        Assert.False(Exact("\uD800"));
        Assert.False(Exact(new string('x', 257)));
        Assert.False(Exact(string.Empty));

        bool Exact(object? value)
        {
            encoder.Encode(TestMetrics.Tags(("k", value)), out var exact);
            return exact;
        }
    }

    private static string Encode(params (string Key, object? Value)[] tags) =>
        new UTF8Encoding(false, throwOnInvalidBytes: true)
            .GetString(new LabelEncoder(scopeLabels: false).Encode(TestMetrics.Tags(tags), out _));

    private sealed class Thrower
    {
        public override string ToString() => throw new InvalidOperationException("no");
    }

    private sealed class Nothing
    {
        public override string? ToString() => null;
    }
}
