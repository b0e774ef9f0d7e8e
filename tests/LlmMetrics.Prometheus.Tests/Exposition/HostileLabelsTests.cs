using System.Text;
using LlmMetrics.Exposition;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Exposition;

/// <summary>Hostile label sets, as lines that a strict reader of ours takes apart again.</summary>
public sealed class HostileLabelsTests
{
    private const int BatchSize = 1_000;

    private static readonly string[] _pieces =
    [
        "\"", "\\", "\n", "\r", "\0", "{", "}", ",", "=", ";", "#", " ", "\u2028", "\u202E", "\uFEFF", "\uFFFE",
        "\uD800", "\uDC00", "😀", "ﷺ", "é", "a", "B", "0", "_", ".", ":", "le", "__name__", "quantile", "\t", "\u007F",
    ];

    [Fact]
    public void WritePiece_HostileTags_GivesLinesThatParse() => Write(batches: 3);

    [LongFact]
    public void WritePiece_MillionHostileTags_GivesLinesThatParse() => Write(batches: 1_000);

    internal static TestMetrics Fill(Random random, int sets = BatchSize)
    {
        var metrics = new TestMetrics();
        var counter = metrics.Add("c", description: Hostile(random));
        var histogram = metrics.Add("h", MetricKind.Histogram, bounds: [1, 2]);
        for (var i = 0; i < sets / 2; i++)
        {
            TestMetrics.Series(counter, Tags(random)).Add(1);
            TestMetrics.Histogram(histogram, Tags(random)).Record(1.5);
        }

        return metrics;
    }

    private static void Write(int batches)
    {
        for (var batch = 0; batch < batches; batch++)
        {
            var metrics = Fill(new Random(batch));
            var writer = metrics.Writer();
            Check(metrics.Write(writer, ExpositionFormat.Text));
            Check(metrics.Write(writer, ExpositionFormat.OpenMetrics));
        }
    }

    private static (string Key, object? Value)[] Tags(Random random)
    {
        var tags = new (string Key, object? Value)[random.Next(6)];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = (Hostile(random), random.Next(8) switch
            {
                0 => null,
                1 => random.Next(3),
                2 => random.NextDouble() / 7,
                3 => random.Next(2) == 0,
                4 => new string('x', random.Next(400)) + Hostile(random),
                _ => Hostile(random),
            });
        }

        return tags;
    }

    private static string Hostile(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(6); i > 0; i--)
        {
            text.Append(_pieces[random.Next(_pieces.Length)]);
        }

        return text.ToString();
    }

    /// <summary>Reads the lines strictly, and sees to it that no series is there twice.</summary>
    private static void Check(string text)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Assert.EndsWith("\n", text);
        foreach (var line in text[..^1].Split('\n'))
        {
            Assert.NotEqual(string.Empty, line);
            if (line[0] != '#')
            {
                var (name, labels, _) = SampleLine.Parse(line);
                Assert.True(seen.Add(name + "|" + string.Join('|', labels)), line);
                Assert.All(labels, label => Assert.InRange(label.Value.EnumerateRunes().Count(), 1, 6 * 257));
            }
        }
    }
}
