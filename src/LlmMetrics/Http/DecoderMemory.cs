namespace LlmMetrics.Http;

/// <summary>
/// Memory that all decoders of the process share: a thousand answers at once would otherwise take 64 MB for what is
/// only looked at.
/// </summary>
internal static class DecoderMemory
{
    public const long Limit = 32L << 20;

    private static long s_taken;

    public static long Taken => Interlocked.Read(ref s_taken);

    public static bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref s_taken, bytes) <= Limit)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    public static void Return(long bytes) => Interlocked.Add(ref s_taken, -bytes);
}
