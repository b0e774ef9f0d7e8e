using System.Text;
using Simulator.Behaviour;

namespace Simulator.Http;

/// <summary>Writes a server-sent event, plainly or in one of the legal unusual ways.</summary>
internal static class SseFormat
{
    public static byte[] Event(string data, string? name, SseStyle style)
    {
        var end = style.HasFlag(SseStyle.CrLf) ? "\r\n" : "\n";
        var colon = style.HasFlag(SseStyle.NoSpace) ? ":" : ": ";
        var text = new StringBuilder();
        if (style.HasFlag(SseStyle.Comments))
        {
            text.Append(": keep-alive").Append(end).Append(end);
        }

        if (name is not null)
        {
            text.Append("event").Append(colon).Append(name).Append(end);
        }

        text.Append("data").Append(colon).Append(data).Append(end).Append(end);
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
