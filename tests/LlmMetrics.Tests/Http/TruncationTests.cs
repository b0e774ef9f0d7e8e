using System.Text.RegularExpressions;
using LlmMetrics.Http;
using LlmMetrics.Llm;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Http;

/// <summary>Every fixture cut at every offset, and with bytes flipped: no exception, no wrong figure.</summary>
public class TruncationTests
{
    // What an event was like is forgotten with the event, or not if the next one is passed over.
    private static readonly LlmField[] _lasting =
        [.. Enum.GetValues<LlmField>().Where(field => field is not (LlmField.EventType or LlmField.Output))];

    public static TheoryData<string> Names() => Fixture.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public void Scanner_CutAnywhere_KnowsOnlyWhatCame(string name)
    {
        var fixture = Fixture.Get(name);
        var body = fixture.Bytes;
        var protocol = Protocol(fixture);
        var whole = Read(protocol, body);
        var events = new Ignoring();
        var scanner = new BodyScanner();
        var reported = new Dictionary<long, bool>();
        for (var length = 0; length < body.Length; length++)
        {
            scanner.Start(protocol, events);
            scanner.Feed(body.AsSpan(0, length));
            scanner.End();
            var input = scanner.Capture.Figure(LlmField.InputTokens);

            // Figures of streams only grow, so a digit lost would show as a smaller figure than any event has.
            Assert.True(input is null || IsReported(input.Value), $"{name} cut at {length}: {input}");
            Assert.True(
                scanner.IsComplete || scanner.IsCutShort || scanner.IsUnreadable || !LacksTail(body, length)
                    || !protocol.HasTerminalEvent || HasEnd(scanner) || length < 4,
                $"{name} cut at {length} went unnoticed");
        }

        Assert.Equal(whole, Read(protocol, body));

        bool IsReported(long figure) => reported.TryGetValue(figure, out var known)
            ? known
            : reported[figure] = Regex.IsMatch(
                fixture.Body,
                $"(?<![0-9.]){figure}(\\.0|e0)?(?![0-9])",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(30));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scanner_SplitAnywhere_ReadsTheSame(string name)
    {
        var fixture = Fixture.Get(name);
        var body = fixture.Bytes;
        var protocol = Protocol(fixture);
        var events = new Counting();
        var whole = new BodyScanner();
        Scan(whole, protocol, events, body, body.Length);
        var chunks = events.Chunks;
        var scanner = new BodyScanner();
        for (var at = 1; at < body.Length; at++)
        {
            events.Chunks = 0;
            Scan(scanner, protocol, events, body, at);
            if (events.Chunks != chunks || !IsSame(whole, scanner))
            {
                Assert.Fail($"{name} split at {at} reads otherwise:\n{Text(whole)}\n{Text(scanner)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Handler_ByteFlipped_PassesBytesAndRecordsOnce(string name)
    {
        var fixture = Fixture.Get(name);
        using var runner = new FixtureRunner();
        for (var at = 0; at < fixture.Bytes.Length; at += Math.Max(1, fixture.Bytes.Length / 40))
        {
            await FlipAsync(runner, fixture, at, at % 8, ChunkPlan.Of(61));
        }

        runner.VerifyNothingFailed();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Handler_CutInManyPlaces_IsKnownOrMissing(string name)
    {
        var fixture = Fixture.Get(name);
        using var runner = new FixtureRunner();
        for (var length = 1; length < fixture.Bytes.Length; length += Math.Max(1, fixture.Bytes.Length / 40))
        {
            await CutAsync(runner, fixture, length, ChunkPlan.Of(97));
        }

        runner.VerifyNothingFailed();
    }

    /// <summary>Every bit of every fixture flipped, and every fixture cut at every offset, in several plans.</summary>
    [LongFact]
    public async Task Handler_AllFlipsAndCuts_AreKnownOrMissing()
    {
        using var runner = new FixtureRunner();
        foreach (var fixture in Fixture.All)
        {
            for (var at = 0; at < fixture.Bytes.Length; at++)
            {
                for (var bit = 0; bit < 8; bit++)
                {
                    await FlipAsync(runner, fixture, at, bit, ChunkPlan.Random(at + bit));
                }

                await CutAsync(runner, fixture, Math.Max(1, at), ChunkPlan.Of(1));
                await CutAsync(runner, fixture, Math.Max(1, at), ChunkPlan.Whole);
            }
        }

        runner.VerifyNothingFailed();
    }

    private static Task FlipAsync(FixtureRunner runner, Fixture fixture, int at, int bit, ChunkPlan plan)
    {
        var body = fixture.Bytes;
        body[at] ^= (byte)(1 << bit);
        return runner.SendDamagedAsync(fixture, body, plan, $"{fixture.Name}, bit {bit} of byte {at} flipped");
    }

    private static Task CutAsync(FixtureRunner runner, Fixture fixture, int length, ChunkPlan plan) =>
        runner.SendDamagedAsync(fixture, fixture.Bytes[..length], plan, $"{fixture.Name} cut at {length}");

    private static LlmProtocol Protocol(Fixture fixture)
    {
        using var request = fixture.Request();
        Assert.True(new LlmEndpoints(new ProviderHosts([])).TryMatch(request, out var endpoint));
        return endpoint.Protocol;
    }

    private static (long? Input, long? Output) Read(LlmProtocol protocol, byte[] body)
    {
        var scanner = new BodyScanner();
        scanner.Start(protocol, new Ignoring());
        scanner.Feed(body);
        scanner.End();
        return (scanner.Capture.Figure(LlmField.InputTokens), scanner.Capture.Figure(LlmField.OutputTokens));
    }

    private static void Scan(BodyScanner scanner, LlmProtocol protocol, IBodyEvents events, byte[] body, int split)
    {
        scanner.Start(protocol, events);
        scanner.Feed(body.AsSpan(0, split));
        scanner.Feed(body.AsSpan(split));
        scanner.End();
    }

    private static bool IsSame(BodyScanner one, BodyScanner other) =>
        (one.IsComplete, one.IsCutShort, one.IsUnreadable) == (other.IsComplete, other.IsCutShort, other.IsUnreadable)
        && Array.TrueForAll(
            _lasting,
            field => one.Capture.Has(field) == other.Capture.Has(field)
                && (!one.Capture.Has(field) || Value(one.Capture, field).Equals(Value(other.Capture, field))));

    private static string Text(BodyScanner scanner) =>
        $"complete {scanner.IsComplete}, cut {scanner.IsCutShort}, unreadable {scanner.IsUnreadable} "
            + string.Join(' ', _lasting.Where(scanner.Capture.Has)
                .Select(field => $"{field}={Value(scanner.Capture, field)}"));

    private static (long? Figure, string? Text) Value(FieldCapture capture, LlmField field) =>
        field < LlmField.Model ? (capture.Figure(field), null) : (null, capture.String(field));

    private static bool LacksTail(byte[] body, int length) =>
        body.AsSpan(length).IndexOfAnyExcept((byte)'\n', (byte)' ') >= 0;

    private static bool HasEnd(BodyScanner scanner) =>
        scanner.Capture.Has(LlmField.FinishReason) || scanner.Capture.Has(LlmField.OutputTokens);

    private sealed class Counting : IBodyEvents
    {
        public int Chunks { get; set; }

        public void OnChunk() => Chunks++;

        public void OnEnd()
        {
            // The scanner tells the end by itself as well.
        }
    }

    private sealed class Ignoring : IBodyEvents
    {
        public void OnChunk()
        {
            // Only what is read matters here.
        }

        public void OnEnd()
        {
            // As above.
        }
    }
}
