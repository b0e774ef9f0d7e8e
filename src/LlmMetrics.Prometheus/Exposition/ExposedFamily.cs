using System.Text;
using LlmMetrics.Naming;

namespace LlmMetrics.Exposition;

/// <summary>One family: its header in both formats, and the instruments that share its name.</summary>
internal sealed class ExposedFamily
{
    private const int MaxHelp = 1024;

    private readonly Dictionary<string, HashSet<int>> _indexes = new(StringComparer.Ordinal);
    private readonly byte[] _textHeader;
    private readonly byte[] _openMetricsHeader;

    public ExposedFamily(MetricDescriptor first, in PrometheusName name)
    {
        Name = name;
        _textHeader = EncodeHeader(name.Sample, string.Empty, name.Type, first.Description, ExpositionFormat.Text);
        _openMetricsHeader =
            EncodeHeader(name.Family, name.Unit, name.Type, first.Description, ExpositionFormat.OpenMetrics);
        var histogram = name.Type == PrometheusType.Histogram;
        Sample = Encoding.ASCII.GetBytes(name.Sample + (histogram ? "_bucket{" : "{"));
        Sum = histogram ? Encoding.ASCII.GetBytes(name.Sample + "_sum{") : [];
        Count = histogram ? Encoding.ASCII.GetBytes(name.Sample + "_count{") : [];
    }

    public PrometheusName Name { get; }

    /// <summary>Replaced, never changed: a scrape under way keeps what it has.</summary>
    public ExposedMetric[] Metrics { get; set; } = [];

    /// <summary>Start of a line, with the brace: of the value, or of a histogram's bucket.</summary>
    public byte[] Sample { get; }

    public byte[] Sum { get; }

    public byte[] Count { get; }

    public bool DuplicatesReported { get; set; }

    public ReadOnlySpan<byte> Header(ExpositionFormat format) =>
        format == ExpositionFormat.Text ? _textHeader : _openMetricsHeader;

    /// <summary>Every name that a strict reader takes as this family's.</summary>
    public static string[] NamesOf(in PrometheusName name) => name.Type switch
    {
        PrometheusType.Counter => [name.Family, name.Family + "_total", name.Family + "_created"],
        PrometheusType.Histogram =>
        [
            name.Family,
            name.Family + "_bucket",
            name.Family + "_sum",
            name.Family + "_count",
            name.Family + "_created",
        ],
        _ => [name.Family],
    };

    /// <summary>
    /// Whether a new label set is the first of its kind. Families keep an index only from the moment that two of
    /// their series could look the same.
    /// </summary>
    public bool IsNew(ExposedMetric metric, int place, bool exact, LabelArena arena)
    {
        var scope = Encoding.UTF8.GetString(metric.Scope);
        if (!_indexes.TryGetValue(scope, out var index))
        {
            if (exact && Metrics.Length == 1)
            {
                return true;
            }

            _indexes[scope] = index = new HashSet<int>(new LabelSetComparer(arena));
            foreach (var other in Metrics)
            {
                if (other.Scope.AsSpan().SequenceEqual(metric.Scope))
                {
                    other.AddTo(index);
                }
            }
        }

        return index.Add(place);
    }

    private static byte[] EncodeHeader(
        string name,
        string unit,
        PrometheusType type,
        string help,
        ExpositionFormat format)
    {
        var text = new ByteBuffer(512);
        if (help.Length > 0)
        {
            text.Write("# HELP "u8);
            text.WriteAscii(name);
            text.Write((byte)' ');
            QuotedText.Write(text, help, MaxHelp, quotes: format == ExpositionFormat.OpenMetrics);
            text.Write((byte)'\n');
        }

        text.Write("# TYPE "u8);
        text.WriteAscii(name);
        text.Write(type switch
        {
            PrometheusType.Counter => " counter\n"u8,
            PrometheusType.Histogram => " histogram\n"u8,
            _ => " gauge\n"u8,
        });
        if (unit.Length > 0)
        {
            text.Write("# UNIT "u8);
            text.WriteAscii(name);
            text.Write((byte)' ');
            text.WriteAscii(unit);
            text.Write((byte)'\n');
        }

        return text.WrittenSpan.ToArray();
    }
}
