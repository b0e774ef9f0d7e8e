using LlmMetrics.Collection;

namespace LlmMetrics.Tests.Collection;

public sealed class KeyHashTests
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789-./äöü漢";

    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 70)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AreEqual_SameTextInAnotherObject_IsTrueAndHashesTheSame(int length)
    {
        var text = Text(length, seed: length);
        var copy = new string(text.AsSpan());

        Assert.True(KeyHash.AreEqual(text, copy));
        Assert.Equal(KeyHash.Add(7, text), KeyHash.Add(7, copy));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AreEqual_OneCharacterDiffers_IsFalseAndHashesDiffer(int length)
    {
        var text = Text(length, seed: length);

        for (var i = 0; i < length; i++)
        {
            var other = string.Concat(text.AsSpan(0, i), ((char)(text[i] + 1)).ToString(), text.AsSpan(i + 1));

            Assert.False(KeyHash.AreEqual(text, other));
            Assert.NotEqual(KeyHash.Add(7, text), KeyHash.Add(7, other));
        }
    }

    [Fact]
    public void AreEqual_NullAndEmpty_AreDifferent()
    {
        Assert.True(KeyHash.AreEqual(null, null));
        Assert.False(KeyHash.AreEqual(null, string.Empty));
        Assert.False(KeyHash.AreEqual(string.Empty, null));
        Assert.NotEqual(KeyHash.Add(7, null), KeyHash.Add(7, string.Empty));
    }

    [Fact]
    public void Add_SameKeysInAnotherOrder_HashDiffers()
    {
        var one = KeyHash.Add(KeyHash.Add(0, "gpt-4o"), "gpt-4o-mini");
        var other = KeyHash.Add(KeyHash.Add(0, "gpt-4o-mini"), "gpt-4o");

        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Add_ManyNamesAlike_SpreadsOverSlots()
    {
        const int Slots = 1024;
        var used = new HashSet<ulong>();
        for (var i = 0; i < Slots; i++)
        {
            used.Add(KeyHash.Finish(KeyHash.Add(KeyHash.Add(0, "openai"), $"gpt-4o-mini-2024-07-{i:D4}")) % Slots);
        }

        // A random spread uses 63 % of the slots, and 20,000 seeds of the hash gave 58 to 68 %.
        Assert.InRange(used.Count, Slots / 2, Slots * 3 / 4);
    }

    private static string Text(int length, int seed)
    {
        var random = new Random(seed);
        return string.Create(length, random, static (span, source) =>
        {
            foreach (ref var character in span)
            {
                character = Alphabet[source.Next(Alphabet.Length)];
            }
        });
    }
}
