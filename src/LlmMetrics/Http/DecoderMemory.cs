namespace LlmMetrics.Http;

/// <summary>
/// Memory that all decoders of the process share: a thousand answers at once would otherwise take 64 MB for what is
/// only looked at.
/// </summary>
internal static class DecoderMemory
{
    public const long Limit = 32L << 20;

    private static long _taken;

    public static long Taken => Interlocked.Read(ref _taken);

    public static bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= Limit)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    public static void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
