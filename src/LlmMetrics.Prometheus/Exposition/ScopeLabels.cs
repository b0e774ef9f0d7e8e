namespace LlmMetrics.Exposition;

/// <summary>The labels that say which meter a series comes from; off unless asked for.</summary>
internal static class ScopeLabels
{
    private const string NameLabel = "otel_scope_name";
    private const string VersionLabel = "otel_scope_version";

    public static bool AreReserved(string label) => label is NameLabel or VersionLabel;

    public static byte[] Encode(MetricDescriptor descriptor)
    {
        var text = new ByteBuffer(256);
        Append(text, NameLabel, descriptor.MeterName);
        Append(text, VersionLabel, descriptor.MeterVersion);
        return text.WrittenSpan.ToArray();
    }

    private static void Append(ByteBuffer text, string label, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        if (text.Length > 0)
        {
            text.Write((byte)',');
        }

        text.WriteAscii(label);
        text.Write("=\""u8);
        QuotedText.Write(text, value, QuotedText.MaxLabelValue);
        text.Write((byte)'"');
    }
}
