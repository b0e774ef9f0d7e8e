using System.Globalization;

namespace LlmMetrics.Tests.Http;

/// <summary>Sizes of the pieces that a body arrives in.</summary>
public sealed class ChunkPlan
{
    private readonly int _size;
    private readonly int _seed;

    private ChunkPlan(int size, int seed) => (_size, _seed) = (size, seed);

    public static IReadOnlyList<ChunkPlan> All { get; } =
        [Of(1), Of(2), Of(3), Of(7), Of(1024), Of(64 * 1024), Random(1), Random(2)];

    public static ChunkPlan Whole { get; } = Of(64 * 1024);

    public static ChunkPlan Of(int size) => new(size, 0);

    public static ChunkPlan Random(int seed) => new(0, seed);

    public IEnumerable<int> Sizes()
    {
        var random = new Random(_seed);
        while (true)
        {
            yield return _size > 0 ? _size : random.Next(1, random.Next(2, 400));
        }
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(_size > 0 ? "" : "random ")}{_size + _seed}");
}
