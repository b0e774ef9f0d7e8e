namespace LlmMetrics.Receiver;

/// <summary>One request, as it was received.</summary>
internal sealed record OtlpRequest(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private bool IsMetrics => Path.Contains("etrics", StringComparison.Ordinal);

    /// <summary>The points in it; none if it carries traces.</summary>
    public IEnumerable<OtlpPoint> Points()
    {
        foreach (var resource in IsMetrics ? ProtoMessage.Parse(Body).Messages(1) : [])
        {
            var attributes = resource.Messages(1).Single().Attributes(1);
            foreach (var scope in resource.Messages(2))
            {
                var name = scope.Messages(1).Single().Text(1);
                foreach (var point in scope.Messages(2).SelectMany(metric => PointsOf(metric, name, attributes)))
                {
                    yield return point;
                }
            }
        }
    }

    /// <summary>The spans in it; none if it carries metrics.</summary>
    public IEnumerable<OtlpSpan> Spans()
    {
        foreach (var resource in IsMetrics ? [] : ProtoMessage.Parse(Body).Messages(1))
        {
            var attributes = resource.Messages(1).Single().Attributes(1);
            foreach (var scope in resource.Messages(2))
            {
                var name = scope.Messages(1).Single().Text(1);
                foreach (var span in scope.Messages(2))
                {
                    yield return new OtlpSpan(
                        span.Text(5),
                        name,
                        Convert.ToHexStringLower(span.Bytes(1)),
                        Convert.ToHexStringLower(span.Bytes(2)),
                        Convert.ToHexStringLower(span.Bytes(4)),
                        attributes,
                        span.Attributes(9));
                }
            }
        }
    }

    private static IEnumerable<OtlpPoint> PointsOf(
        ProtoMessage metric, string scope, Dictionary<string, string> resource)
    {
        var (field, kind) = metric.Has(5) ? (5, "gauge") : metric.Has(7) ? (7, "sum") : (9, "histogram");
        var data = metric.Messages(field).Single();
        foreach (var point in data.Messages(1))
        {
            var isHistogram = kind == "histogram";
            yield return new OtlpPoint(
                metric.Text(1),
                metric.Text(3),
                kind == "sum" && data.Number(3) == 1 ? "counter" : kind,
                scope,
                data.Number(2) == 2,
                resource,
                point.Attributes(isHistogram ? 9 : 7),
                isHistogram ? point.Double(5) : point.Has(6) ? (long)point.Number(6) : point.Double(4))
            {
                Count = isHistogram ? point.Number(4) : 0,
                Buckets = isHistogram ? point.Packed(6) : [],
                Bounds = isHistogram ? [.. point.Packed(7).Select(BitConverter.UInt64BitsToDouble)] : [],
            };
        }
    }
}
