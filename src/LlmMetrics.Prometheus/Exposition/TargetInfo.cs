namespace LlmMetrics.Exposition;

/// <summary>The family <c>target_info</c>: the resource's attributes as labels of a constant 1.</summary>
internal sealed class TargetInfo
{
    private Encoded? _encoded;

    public void WriteTo(ByteBuffer target, MetricsResource resource, ExpositionFormat format)
    {
        var encoded = Volatile.Read(ref _encoded);
        if (encoded is null || encoded.Resource != resource)
        {
            Volatile.Write(ref _encoded, encoded = new Encoded(resource, Encode(resource)));
        }

        if (encoded.Labels.Length == 0)
        {
            return;
        }

        target.Write(format == ExpositionFormat.OpenMetrics
            ? "# HELP target Target metadata\n# TYPE target info\ntarget_info{"u8
            : "# HELP target_info Target metadata\n# TYPE target_info gauge\ntarget_info{"u8);
        target.Write(encoded.Labels);
        target.Write("} 1\n"u8);
    }

    private static byte[] Encode(MetricsResource resource)
    {
        var tags = new List<KeyValuePair<string, object?>>(resource.Attributes.Count);
        foreach (var (key, value) in resource.Attributes)
        {
            tags.Add(new(key, value));
        }

        return new LabelEncoder(scopeLabels: false).Encode([.. tags], out _).ToArray();
    }

    private sealed record Encoded(MetricsResource Resource, byte[] Labels);
}
