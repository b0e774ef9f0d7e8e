using LlmMetrics.Naming;

namespace LlmMetrics.Exposition;

/// <summary>
/// Writes one snapshot piece by piece: each piece fills a bounded buffer, which the caller sends before it asks for
/// the next. Between pieces it remembers where it is, down to the bucket.
/// </summary>
internal sealed class ExpositionCursor(FamilyRegistry registry, TargetInfo? targetInfo, IExpositionReport report)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Pieces end here, so that the last line rarely makes the buffer grow.</summary>
    private const int PieceSize = BufferSize - (4 * 1024);

    private readonly ByteBuffer _buffer = new(BufferSize);
    private MetricsSnapshot _snapshot = null!;
    private ExpositionFormat _format;
    private ExposedFamily[] _families = [];
    private int[] _positions = [];
    private int _family;
    private int _metric;
    private int _series;
    private int _bucket;
    private long _cumulative;
    private bool _hasExemplars;
    private bool _headerWritten;
    private bool _ended;

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Piece => _buffer.WrittenMemory;

    /// <summary>Starts over with a snapshot, which stays the caller's.</summary>
    public void Start(MetricsSnapshot snapshot, ExpositionFormat format)
    {
        (_snapshot, _format) = (snapshot, format);
        _families = registry.FamiliesOf(snapshot);
        (_family, _metric, _series, _bucket, _cumulative) = (0, 0, 0, 0, 0);
        (_headerWritten, _ended) = (false, false);
        targetInfo?.WriteTo(_buffer, snapshot.Resource, format);
        FindPositions();
    }

    /// <summary>Lets go of what the scrape held.</summary>
    public void Reset()
    {
        (_snapshot, _families) = (null!, []);
        _buffer.Shrink();
    }

    /// <summary>Forgets the piece when it has been sent.</summary>
    public void Clear() => _buffer.Clear();

    /// <summary>Writes the next piece.</summary>
    /// <returns>Whether there is more after it.</returns>
    public bool WritePiece()
    {
        while (_family < _families.Length)
        {
            if (!WriteFamily(_families[_family]))
            {
                return true;
            }

            (_family, _metric, _series, _headerWritten) = (_family + 1, 0, 0, false);
        }

        if (!_ended && _format == ExpositionFormat.OpenMetrics)
        {
            _buffer.Write("# EOF\n"u8);
        }

        _ended = true;
        return false;
    }

    /// <summary>Positions in this snapshot by the metrics' numbers, from 1.</summary>
    private void FindPositions()
    {
        Array.Clear(_positions);
        var position = 0;
        foreach (var family in _snapshot.Families)
        {
            var id = family.Descriptor.Id;
            if (id >= _positions.Length)
            {
                Array.Resize(ref _positions, Math.Max(id + 1, _positions.Length * 2));
            }

            _positions[id] = ++position;
        }
    }

    private bool WriteFamily(ExposedFamily family)
    {
        var metrics = family.Metrics;
        for (; _metric < metrics.Length; _metric++, _series = 0)
        {
            var id = metrics[_metric].Descriptor.Id;
            if (id < _positions.Length && _positions[id] > 0
                && !WriteMetric(family, metrics[_metric], _snapshot.Families[_positions[id] - 1]))
            {
                return false;
            }
        }

        return true;
    }

    private bool WriteMetric(ExposedFamily family, ExposedMetric metric, in MetricFamily values)
    {
        var count = values.Count;
        while (_series < count)
        {
            if (_buffer.Length >= PieceSize)
            {
                return false;
            }

            var series = values[_series];
            _hasExemplars = _format == ExpositionFormat.OpenMetrics && series.HasExemplars;
            if (registry.TryGetLabels(family, metric, series, count, out var labels)
                && !WriteSeries(family, metric, series, labels))
            {
                return false;
            }

            _series++;
        }

        return true;
    }

    private bool WriteSeries(
        ExposedFamily family,
        ExposedMetric metric,
        in MetricSeries series,
        ReadOnlySpan<byte> labels)
    {
        if (metric.Type == PrometheusType.Histogram)
        {
            WriteHeader(family);
            return WriteHistogram(family, metric, series, labels);
        }

        if (metric.Descriptor.IsInteger)
        {
            WriteInteger(family, metric, series, labels);
        }
        else
        {
            WriteDouble(family, metric, series, labels);
        }

        return true;
    }

    private void WriteInteger(
        ExposedFamily family,
        ExposedMetric metric,
        in MetricSeries series,
        ReadOnlySpan<byte> labels)
    {
        var value = series.Int64Value;
        if (metric.Type == PrometheusType.Counter && value < 0)
        {
            report.IllegalValue();
            return;
        }

        WriteHeader(family);
        WriteStart(family.Sample, metric.Scope, labels);
        _buffer.Write(value);
        EndValue(metric, series);
    }

    private void WriteDouble(
        ExposedFamily family,
        ExposedMetric metric,
        in MetricSeries series,
        ReadOnlySpan<byte> labels)
    {
        var value = series.Value;
        if (metric.Type == PrometheusType.Counter && !(value >= 0))
        {
            report.IllegalValue();
            return;
        }

        WriteHeader(family);
        WriteStart(family.Sample, metric.Scope, labels);
        _buffer.Write(value);
        EndValue(metric, series);
    }

    private void EndValue(ExposedMetric metric, in MetricSeries series)
    {
        if (metric.Type == PrometheusType.Counter && _hasExemplars)
        {
            WriteExemplar(series.GetExemplar());
        }

        _buffer.Write((byte)'\n');
    }

    private bool WriteHistogram(
        ExposedFamily family,
        ExposedMetric metric,
        in MetricSeries series,
        ReadOnlySpan<byte> labels)
    {
        var start = _buffer.Length;
        WriteOpenBrace(family.Sample, metric.Scope, labels);
        var length = _buffer.Length - start;
        var skip = metric.Scope.Length + labels.Length == 0 ? 1 : 0;
        var counts = series.BucketCounts;
        for (var first = true; _bucket < counts.Length; _bucket++, first = false)
        {
            if (!first)
            {
                if (_buffer.Length >= PieceSize)
                {
                    return false;
                }

                _buffer.Repeat(start, length);
            }

            _cumulative += counts[_bucket];
            _buffer.Write(metric.BucketEnd(_bucket)[skip..]);
            _buffer.Write(_cumulative);
            if (_hasExemplars && counts[_bucket] > 0)
            {
                WriteExemplar(series.GetExemplar(_bucket));
            }

            _buffer.Write((byte)'\n');
        }

        WriteSum(family, metric, series.Sum, labels);
        (_bucket, _cumulative) = (0, 0);
        return true;
    }

    /// <summary>Sum and count go together. A sum below zero, which a strict reader refuses, is left out.</summary>
    private void WriteSum(ExposedFamily family, ExposedMetric metric, double sum, ReadOnlySpan<byte> labels)
    {
        if (!metric.HasSum || !(sum >= 0))
        {
            return;
        }

        WriteStart(family.Sum, metric.Scope, labels);
        _buffer.Write(sum);
        _buffer.Write((byte)'\n');
        WriteStart(family.Count, metric.Scope, labels);
        _buffer.Write(_cumulative);
        _buffer.Write((byte)'\n');
    }

    private void WriteExemplar(Exemplar? exemplar)
    {
        if (exemplar is not null)
        {
            ExemplarText.Write(_buffer, exemplar);
        }
    }

    private void WriteHeader(ExposedFamily family)
    {
        if (!_headerWritten)
        {
            _buffer.Write(family.Header(_format));
            _headerWritten = true;
        }
    }

    /// <summary>Writes <c>name{labels} </c>, or <c>name </c> if there are none.</summary>
    private void WriteStart(ReadOnlySpan<byte> name, ReadOnlySpan<byte> scope, ReadOnlySpan<byte> labels)
    {
        if (scope.Length + labels.Length == 0)
        {
            _buffer.Write(name[..^1]);
            _buffer.Write((byte)' ');
            return;
        }

        WriteOpenBrace(name, scope, labels);
        _buffer.Write("} "u8);
    }

    private void WriteOpenBrace(ReadOnlySpan<byte> name, ReadOnlySpan<byte> scope, ReadOnlySpan<byte> labels)
    {
        _buffer.Write(name);
        if (scope.Length > 0)
        {
            _buffer.Write(scope);
            if (labels.Length > 0)
            {
                _buffer.Write((byte)',');
            }
        }

        _buffer.Write(labels);
    }
}
