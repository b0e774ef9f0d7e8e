using System.Globalization;

namespace Simulator.Behaviour;

/// <summary>
/// Behaviour that a request asks for itself, in the header <c>x-sim</c> or behind a <c>#</c> in the model name:
/// <c>abort-after=3; no-usage</c>. A request with directives is never struck by a random fault.
/// </summary>
internal sealed class Directives
{
    public bool Any { get; private set; }

    public int? Status { get; private set; }

    public int? AbortAfter { get; private set; }

    public int? ErrorAfter { get; private set; }

    public int? StallAfter { get; private set; }

    public int? Tokens { get; private set; }

    public int? FirstChunkMs { get; private set; }

    public int? ChunkDelayMs { get; private set; }

    public bool NoUsage { get; private set; }

    public bool NoDone { get; private set; }

    public bool Slow { get; private set; }

    public SseStyle Style { get; private set; }

    /// <summary>Adds what <paramref name="text"/> says.</summary>
    /// <returns>null, or why the text is not understood.</returns>
    public string? Add(string? text)
    {
        foreach (var part in (text ?? string.Empty).Split(
            [';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Any = true;
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var understood = equals < 0
                ? SetFlag(part)
                : int.TryParse(part.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                    && SetNumber(part[..equals], value);
            if (!understood)
            {
                return $"The simulator does not know the directive '{part}'.";
            }
        }

        return null;
    }

    private bool SetFlag(string name)
    {
        switch (name)
        {
            case "ok": break;
            case "no-usage": NoUsage = true; break;
            case "no-done": NoDone = true; break;
            case "slow": Slow = true; break;
            case "crlf": Style |= SseStyle.CrLf; break;
            case "comments": Style |= SseStyle.Comments; break;
            case "split": Style |= SseStyle.Split; break;
            case "no-space": Style |= SseStyle.NoSpace; break;
            default: return false;
        }

        return true;
    }

    private bool SetNumber(string name, int value)
    {
        switch (name)
        {
            case "status" when value is >= 400 and <= 599: Status = value; break;
            case "abort-after": AbortAfter = value; break;
            case "error-after": ErrorAfter = value; break;
            case "stall-after": StallAfter = value; break;
            case "tokens" when value > 0: Tokens = value; break;
            case "first-ms": FirstChunkMs = value; break;
            case "delay-ms": ChunkDelayMs = value; break;
            default: return false;
        }

        return true;
    }
}
