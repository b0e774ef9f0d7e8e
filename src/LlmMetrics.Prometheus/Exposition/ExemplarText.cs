namespace LlmMetrics.Exposition;

/// <summary>
/// The exemplar at the end of an OpenMetrics line. Its labels have 63 characters; 128 are allowed.
/// </summary>
internal static class ExemplarText
{
    public static void Write(ByteBuffer target, Exemplar exemplar)
    {
        target.Write(" # {trace_id=\""u8);
        target.WriteAscii(exemplar.TraceId.ToHexString());
        target.Write("\",span_id=\""u8);
        target.WriteAscii(exemplar.SpanId.ToHexString());
        target.Write("\"} "u8);
        target.Write(exemplar.Value);
        target.Write((byte)' ');
        WriteSeconds(target, exemplar.Timestamp.ToUnixTimeMilliseconds());
    }

    private static void WriteSeconds(ByteBuffer target, long milliseconds)
    {
        var (seconds, rest) = Math.DivRem(Math.Max(0, milliseconds), 1000);
        target.Write(seconds);
        target.Write((byte)'.');
        target.Write((byte)('0' + (rest / 100)));
        target.Write((byte)('0' + (rest / 10 % 10)));
        target.Write((byte)('0' + (rest % 10)));
    }
}
