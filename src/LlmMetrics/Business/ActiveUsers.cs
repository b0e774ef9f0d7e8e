using LlmMetrics.Collection;

namespace LlmMetrics.Business;

/// <summary>
/// Distinct users of a sliding window. Keeps a hash and a time of each, at most so many; nothing of it is exported but
/// the number.
/// </summary>
internal sealed class ActiveUsers(ActiveUsersOptions options, TimeProvider time, SelfDiagnostics diagnostics)
{
    private const int MaxShards = 16;

    /// <summary>Below it shards are filled too unevenly for each to have its share of the bound.</summary>
    private const int MinUsersPerShard = 1000;

    /// <summary>What no id is longer than; hashing a megabyte would take the app's time.</summary>
    private const int MaxLength = 1024;

    /// <summary>
    /// How often in a window a full shard looks for users that have left: each look is at all of them, and takes the
    /// app's time.
    /// </summary>
    private const int LooksPerWindow = 50;

    private readonly UserHash _hash = UserHash.CreateRandom();
    private readonly Shard[] _shards = Divide(options.MaxUsers);

    private volatile bool _isUsed;

    /// <summary>The users of the window; null as long as the app has told of none.</summary>
    public long? Count
    {
        get
        {
            if (!_isUsed)
            {
                return null;
            }

            var now = time.GetTimestamp();
            long count = 0;
            foreach (var shard in _shards)
            {
                count += shard.CountSince(now - Window);
            }

            return count;
        }
    }

    private long Window => (long)(options.Window.TotalSeconds * time.TimestampFrequency);

    public void Seen(ReadOnlySpan<char> id)
    {
        _isUsed = true;
        var now = time.GetTimestamp();
        var hash = _hash.Of(id.Length > MaxLength ? id[..MaxLength] : id);
        if (!_shards[hash % (ulong)_shards.Length].Seen(hash, now, now - Window))
        {
            diagnostics.Dropped(LossReason.Users);
        }
    }

    private static Shard[] Divide(int maxUsers)
    {
        var count = Math.Clamp(maxUsers / MinUsersPerShard, 1, MaxShards);
        return [.. Enumerable.Range(0, count).Select(_ => new Shard((maxUsers + count - 1) / count))];
    }

    /// <summary>A part of the users under a lock of its own, so that threads seldom wait for each other.</summary>
    private sealed class Shard(int max)
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<ulong, long> _lastSeen = [];
        private long _oldest = long.MaxValue;
        private long _nextLook = long.MinValue;

        /// <summary>Notes a user; false if there is no room.</summary>
        public bool Seen(ulong hash, long now, long since)
        {
            lock (_lock)
            {
                if (_lastSeen.Count >= max && !_lastSeen.ContainsKey(hash))
                {
                    // Looking for expired ones is worth its time only when there can be one, and not each time.
                    if (_oldest >= since || now < _nextLook)
                    {
                        return false;
                    }

                    RemoveBefore(since);
                    _nextLook = now + ((now - since) / LooksPerWindow);
                    if (_lastSeen.Count >= max)
                    {
                        return false;
                    }
                }

                _lastSeen[hash] = now;
                _oldest = Math.Min(_oldest, now);
                return true;
            }
        }

        public int CountSince(long since)
        {
            lock (_lock)
            {
                if (_oldest < since)
                {
                    RemoveBefore(since);
                }

                return _lastSeen.Count;
            }
        }

        private void RemoveBefore(long since)
        {
            _oldest = long.MaxValue;
            foreach (var (hash, seen) in _lastSeen)
            {
                if (seen < since)
                {
                    _lastSeen.Remove(hash);
                }
                else
                {
                    _oldest = Math.Min(_oldest, seen);
                }
            }
        }
    }
}
