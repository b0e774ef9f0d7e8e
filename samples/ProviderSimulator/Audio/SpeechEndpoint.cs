using System.Globalization;
using System.Text;
using Simulator.Behaviour;
using Simulator.Http;

namespace Simulator.Audio;

/// <summary>
/// Text to speech at OpenAI (<c>/v1/audio/speech</c>) and ElevenLabs (<c>/v1/text-to-speech/{voice}</c>).
/// </summary>
internal static class SpeechEndpoint
{
    // An MP3 of 32 kbit/s, spoken at about fifteen characters a second.
    private const int BytesPerCharacter = 270;

    public static async Task ServeAsync(Exchange exchange)
    {
        var plan = exchange.Plan;
        var characters = exchange.Request.Characters;
        await exchange.WaitAsync(plan.FirstChunk + (plan.ChunkDelay * (characters / 20)));
        if (exchange.Provider == SimulatedProvider.ElevenLabs)
        {
            var headers = exchange.Http.Response.Headers;
            headers["character-cost"] = characters.ToString(CultureInfo.InvariantCulture);
            headers["history-item-id"] = plan.ResponseId;
        }

        await exchange.SendAsync(200, "audio/mpeg", Audio(plan.TextSeed, characters * BytesPerCharacter));
        if (exchange.Draft.Outcome == LedgerOutcome.Completed)
        {
            exchange.Draft.Characters = characters;
        }
    }

    private static byte[] Audio(ulong seed, int length)
    {
        var random = new SeededRandom(seed);
        var bytes = new byte[Math.Max(length, 16)];
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] = (byte)random.Next();
        }

        Encoding.ASCII.GetBytes("ID3").CopyTo(bytes, 0);
        return bytes;
    }
}
