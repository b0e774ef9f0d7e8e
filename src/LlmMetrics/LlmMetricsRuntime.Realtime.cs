using LlmMetrics.Facts;
using LlmMetrics.Llm;

namespace LlmMetrics;

/// <content>Sessions over WebSocket, which no HTTP handler sees.</content>
public sealed partial class LlmMetricsRuntime
{
    /// <summary>
    /// Records the usage of a realtime session: give it every event that the server sends, as it came over the
    /// WebSocket. Those that end a response (<c>response.done</c>, OpenAI realtime API of 2026-11) become a call with
    /// their text, audio, image and cached tokens; all others are passed over.
    /// </summary>
    /// <param name="serverEvent">The event: one whole JSON text in UTF-8.</param>
    /// <param name="known">
    /// What the app knows of the session: model, feature, server, duration. Provider and operation are
    /// <c>openai</c> and <see cref="LlmOperation.Realtime"/> unless set; outcome, error and tokens are the event's.
    /// </param>
    /// <returns>Whether the event ended a response.</returns>
    /// <remarks>
    /// Never throws. Only figures, status and model are read, never content. An event that ends a response and tells
    /// no usage, or is broken, is counted as missing usage.
    /// </remarks>
    public bool RecordUsage(ReadOnlySpan<byte> serverEvent, in LlmCall known)
    {
        try
        {
            var fact = LlmCall.Data(in known);
            if (!IsEnabled(FactKind.LlmCall) || !RealtimeEvent.TryRead(serverEvent, ref fact))
            {
                return false;
            }

            Recorder.Record(FactKind.LlmCall, in fact);
            return true;
        }
        catch (Exception exception)
        {
            Diagnostics.Failed(Http.Losses.Observation, exception);
            return false;
        }
    }
}
