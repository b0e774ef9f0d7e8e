using System.Globalization;
using System.Text;

namespace LlmMetrics.Testing;

/// <summary>Shows where two texts differ, as short as a person needs it.</summary>
public static class TextDiff
{
    private const int ContextLines = 2;
    private const int MaxLines = 60;

    // Above this the table of the longest common subsequence gets too big; the rest is shown as replaced.
    private const int MaxCells = 4_000_000;

    /// <summary>Lists the lines that were removed (-) and added (+), with line numbers and some context.</summary>
    /// <param name="expected">The approved text.</param>
    /// <param name="actual">The received text.</param>
    /// <returns>The differing lines; empty if there are none.</returns>
    public static string Describe(string expected, string actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        var steps = Compare(expected.Split('\n'), actual.Split('\n'));
        var output = new StringBuilder();
        var written = 0;
        var last = -1;
        for (var i = 0; i < steps.Count; i++)
        {
            if (!IsNearChange(steps, i))
            {
                continue;
            }

            if (written++ == MaxLines)
            {
                return output.Append("...").ToString();
            }

            if (last >= 0 && last != i - 1)
            {
                output.Append("  ...\n");
            }

            var (mark, line, number) = steps[i];
            output.Append(CultureInfo.InvariantCulture, $"{mark} {number,4}: {line}\n");
            last = i;
        }

        return output.ToString().TrimEnd('\n');
    }

    private static bool IsNearChange(List<(char Mark, string Line, int Number)> steps, int index)
    {
        var first = Math.Max(0, index - ContextLines);
        var end = Math.Min(steps.Count - 1, index + ContextLines);
        for (var i = first; i <= end; i++)
        {
            if (steps[i].Mark != ' ')
            {
                return true;
            }
        }

        return false;
    }

    private static List<(char Mark, string Line, int Number)> Compare(string[] old, string[] now)
    {
        var steps = new List<(char Mark, string Line, int Number)>();
        var start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start])
        {
            steps.Add((' ', old[start], ++start));
        }

        var tail = 0;
        while (tail < old.Length - start && tail < now.Length - start && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        var removed = old.AsSpan(start, old.Length - start - tail);
        var added = now.AsSpan(start, now.Length - start - tail);
        AppendMiddle(steps, removed, added, start);
        for (var i = tail; i > 0; i--)
        {
            steps.Add((' ', now[^i], now.Length - i + 1));
        }

        return steps;
    }

    private static void AppendMiddle(
        List<(char Mark, string Line, int Number)> steps,
        ReadOnlySpan<string> removed,
        ReadOnlySpan<string> added,
        int offset)
    {
        var common = (long)removed.Length * added.Length > MaxCells ? null : CommonLengths(removed, added);
        int i = 0, j = 0;
        while (i < removed.Length || j < added.Length)
        {
            if (common is not null && i < removed.Length && j < added.Length && removed[i] == added[j])
            {
                steps.Add((' ', added[j], offset + j + 1));
                i++;
                j++;
            }
            else if (i < removed.Length
                && (j == added.Length || common is null || common[i + 1, j] >= common[i, j + 1]))
            {
                steps.Add(('-', removed[i], offset + i + 1));
                i++;
            }
            else
            {
                steps.Add(('+', added[j], offset + j + 1));
                j++;
            }
        }
    }

    private static int[,] CommonLengths(ReadOnlySpan<string> removed, ReadOnlySpan<string> added)
    {
        var lengths = new int[removed.Length + 1, added.Length + 1];
        for (var i = removed.Length - 1; i >= 0; i--)
        {
            for (var j = added.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = removed[i] == added[j]
                    ? lengths[i + 1, j + 1] + 1
                    : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }
}
