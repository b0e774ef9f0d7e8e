using System.Text;

namespace Simulator.Behaviour;

/// <summary>Makes answers. Some words are not ASCII, so that a reader which splits bytes is found out.</summary>
internal static class TextSource
{
    private static readonly string[] _words =
    [
        "the", "model", "answers", "with", "a", "short", "text", "about", "rivers", "and", "naïve", "tests",
        "that", "count", "every", "token", "once", "mètre", "by", "mètre", "while", "“quotes”", "stay", "whole",
        "東京", "weather", "is", "mild", "today", "prices", "fall", "slowly", "🚀", "later", "this", "year",
    ];

    public static string Text(ulong seed, int tokens)
    {
        var text = new StringBuilder(tokens * 6);
        foreach (var piece in Chunks(seed, tokens, tokensPerChunk: 1))
        {
            text.Append(piece);
        }

        return text.ToString();
    }

    public static IEnumerable<string> Chunks(ulong seed, int tokens, int tokensPerChunk)
    {
        var random = new SeededRandom(seed);
        var chunk = new StringBuilder();
        for (var token = 0; token < tokens; token++)
        {
            if (token > 0)
            {
                chunk.Append(' ');
            }

            chunk.Append(_words[random.NextInt(0, _words.Length - 1)]);
            if ((token + 1) % tokensPerChunk == 0 || token == tokens - 1)
            {
                yield return chunk.ToString();
                chunk.Clear();
            }
        }
    }
}
