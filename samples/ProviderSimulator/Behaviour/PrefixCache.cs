namespace Simulator.Behaviour;

/// <summary>
/// Prompt cache by system prompt: its first use is a miss, each later one reads a whole number of 128-token
/// blocks. The sum over all requests is therefore the same whatever order they arrive in.
/// </summary>
internal sealed class PrefixCache(int minimumTokens)
{
    private const int MaxPrefixes = 10_000;
    private const int Block = 128;

    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _seen = [];

    public int Read(string model, string prefix, int prefixTokens)
    {
        if (prefixTokens < minimumTokens || !ModelTable.Caches(model))
        {
            return 0;
        }

        var key = SeededRandom.Hash(0, System.Text.Encoding.UTF8.GetBytes(model + '\n' + prefix));
        lock (_lock)
        {
            if (_seen.Contains(key))
            {
                return prefixTokens / Block * Block;
            }

            if (_seen.Count < MaxPrefixes)
            {
                _seen.Add(key);
            }

            return 0;
        }
    }
}
