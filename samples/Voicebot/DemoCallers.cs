using System.Text;

namespace Voicebot;

/// <summary>People who call: the load of the demo. Calls last as long as they say, not as long as the demo.</summary>
public sealed class DemoCallers(Uri address) : IDisposable
{
    private const int Callers = 20;
    private const int SamplesPerSecond = 8000;

    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>One round: every caller calls once.</summary>
    public Task RunAsync(int round, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(round * Callers, Callers),
        new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
        async (number, token) => await CallAsync(number, token));

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task CallAsync(int number, CancellationToken token)
    {
        // Sixty percent internet, thirty mobile, ten something else.
        var problem = (number % 10) switch { < 6 => "internet", < 9 => "mobile", _ => "billing" };
        using var taken = await _http.PostAsync(new Uri($"calls?problem={problem}", UriKind.Relative), null, token);
        var id = await taken.Content.ReadAsStringAsync(token);
        var seconds = 15.0;
        for (var turn = 0; turn < 2 + (number % 4); turn++)
        {
            var spoken = 2 + ((number + turn) % 5);
            using var audio = new ByteArrayContent(Recording(spoken, seed: number * 10 + turn));
            using var answer = await _http.PostAsync(new Uri($"calls/{id}/audio", UriKind.Relative), audio, token);
            seconds += spoken + 12 + (number % 7);
        }

        using var ended = await _http.PostAsJsonAsync(
            new Uri($"calls/{id}/hangup", UriKind.Relative),
            new Hangup(seconds, Solved: number % 7 != 0, Survey(number)),
            token);
    }

    /// <summary>Seven of ten are content; some hang up before they are asked.</summary>
    private static int? Survey(int number) => (number * 7 % 11) switch { < 6 => 1, < 8 => 2, < 9 => 3, _ => null };

    /// <summary>A telephone's sound: 8 kHz, eight bits, one channel.</summary>
    private static byte[] Recording(int seconds, int seed)
    {
        var audio = new byte[44 + (seconds * SamplesPerSecond)];
        Encoding.ASCII.GetBytes("RIFF....WAVEfmt ").CopyTo(audio, 0);
        BitConverter.TryWriteBytes(audio.AsSpan(4), audio.Length - 8);
        BitConverter.TryWriteBytes(audio.AsSpan(16), 16);
        BitConverter.TryWriteBytes(audio.AsSpan(20), (short)1);
        BitConverter.TryWriteBytes(audio.AsSpan(22), (short)1);
        BitConverter.TryWriteBytes(audio.AsSpan(24), SamplesPerSecond);
        BitConverter.TryWriteBytes(audio.AsSpan(28), SamplesPerSecond);
        BitConverter.TryWriteBytes(audio.AsSpan(32), (short)1);
        BitConverter.TryWriteBytes(audio.AsSpan(34), (short)8);
        Encoding.ASCII.GetBytes("data").CopyTo(audio, 36);
        BitConverter.TryWriteBytes(audio.AsSpan(40), audio.Length - 44);
        new Random(seed).NextBytes(audio.AsSpan(44));
        return audio;
    }
}
