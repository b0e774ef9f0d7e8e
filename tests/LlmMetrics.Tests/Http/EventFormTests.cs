using System.Globalization;
using System.Text;
using LlmMetrics.Http;
using LlmMetrics.Llm;

namespace LlmMetrics.Tests.Http;

/// <summary>
/// Events that are recognised by their form must tell the same as those that are read: a body in one piece, where
/// forms are learned, against the same body byte by byte, where no event is ever there as a whole.
/// </summary>
public class EventFormTests
{
    private const int Streams = 1_500;

    private const string Form =
        """{"model":"m","choices":[{"index":0,"delta":{"content":"*"}}],"usage":{"completion_tokens":#}}""";

    /// <summary>Events as providers write them; <c>*</c> stands for a text and <c>#</c> for a number.</summary>
    private static readonly (LlmProtocol Protocol, string[] Events)[] _providers =
    [
        (OpenAiProtocols.Completions,
        [
            Form,
            """{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"*"},"finish_reason":null}]}""",
            """{"model":"m","choices":[{"index":#,"delta":{"content":"*"},"finish_reason":null}],"usage":null}""",
            """{"service_tier":"*","choices":[{"delta":{"content":"*"}}],"usage":{"total_tokens":#}}""",
            """{"id":"*","model":"m","choices":[],"usage":{"prompt_tokens":#,"completion_tokens":#}}""",
            """{"choices":[{"delta":{"content":"x"}}],"usage":{"prompt_tokens":#.#,"cost":#.#}}""",
            """{"choices":[{"delta":{"content":"x"}}],"usage":{"prompt_tokens":#.5}}""",
            """{"choices":[{"delta":{"content":"x"}}],"usage":{"*":#}}""",
            """{"choices":[{"delta":{}}],"usage":{"prompt_tokens_details":{"cached_tokens":#}},"*":#}""",
            """{"choices":[],"error":{"message":"*","code":#}}""",
        ]),
        (OpenAiProtocols.Responses,
        [
            """{"type":"response.output_text.delta","sequence_number":#,"delta":"*"}""",
            """{"type":"response.in_progress","response":{"output":[{"type":"web_search_call"}],"usage":{"n":#}}}""",
            """{"type":"*","response":{"usage":{"input_tokens":#,"output_tokens":#},"model":"m"}}""",
        ]),
        (AnthropicProtocol.Messages,
        [
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"*"}}""",
            """{"type":"message_delta","delta":{"stop_reason":"*"},"usage":{"output_tokens":#,"input_tokens":#}}""",
            """{"type":"message_start","message":{"model":"m","usage":{"input_tokens":#,"output_tokens":#}}}""",
        ]),
        (OpenAiProtocols.MoonshotCompletions,
        [
            """{"model":"m","choices":[{"delta":{"content":"*"},"usage":{"completion_tokens":#}}]}""",
            """{"choices":[{"delta":{},"usage":{"prompt_tokens":#}}],"x_groq":{"usage":{"prompt_tokens":#}}}""",
        ]),
        (CohereProtocols.Chat,
        [
            """{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"*"}}}}""",
            """{"type":"message-end","delta":{"finish_reason":"*","usage":{"tokens":{"output_tokens":#}}}}""",
        ]),
        (GeminiProtocol.Content,
        [
            """{"candidates":[{"content":{"parts":[{"text":"*"}]}}],"usageMetadata":{"promptTokenCount":#}}""",
            """{"candidates":[{"content":{"parts":[{"text":"*"}]}}],"modelVersion":"g"}""",
            """{"index":#,"usageMetadata":{"promptTokensDetails":[{"modality":"*","tokenCount":#}]}}""",
        ]),
    ];

    private static readonly string[] _texts =
    [
        "a", "completion_tokens", "", "usage", "TEXT", "AUDIO", "\\u00e9", "a\\\"b", "\\\\", "null", "data: {",
        "response.queued",
    ];

    /// <summary>What holds for one event only and is not kept of those that are passed over.</summary>
    private static readonly LlmField[] _ofOneEvent =
        [LlmField.Output, LlmField.EventType, LlmField.Kind, LlmField.Deed, LlmField.ResponseId];

    private static readonly string[] _ends = ["\n\n", "\n\n", "\n\n", "\r\n\r\n", "\n", "\n\n: ping\n\n", "\r\r"];

    [Fact]
    public void Feed_RandomStreams_TellTheSameInOnePieceAsByteByByte()
    {
        var random = new Random(20261126);
        for (var i = 0; i < Streams; i++)
        {
            var (protocol, events) = _providers[i % _providers.Length];
            var body = Stream(random, events);

            var whole = Read(protocol, body, body.Length);

            Assert.True(
                Read(protocol, body, 1) == whole,
                $"{i}: {whole}\nor {Read(protocol, body, 1)}\n{Encoding.UTF8.GetString(body)}");
        }
    }

    [Theory]
    [MemberData(nameof(Traps))]
    public void Feed_EventsThatOnlySeemAlike_TellTheSameInOnePieceAsByteByByte(string trap, string[] events)
    {
        var protocol = trap.StartsWith("type", StringComparison.Ordinal)
            ? OpenAiProtocols.Responses
            : OpenAiProtocols.Completions;
        var body = Encoding.UTF8.GetBytes(string.Concat(events.Select(data => $"data: {data}\n\n")));

        Assert.Equal(Read(protocol, body, 1), Read(protocol, body, body.Length));
    }

    public static TheoryData<string, string[]> Traps() => new()
    {
        {
            "figure that is told again",
            [.. Numbered("""{"choices":[{}],"usage":{"completion_tokens":#,"output_tokens":6}}""")]
        },
        {
            "quote behind a backslash outside of texts",
            [.. Numbered("""{"choices":[{}],"x":[\""],"usage":{"completion_tokens":#,"total_tokens":9}}""")]
        },
        {
            "type that reports an error",
            [
                """{"type":"response.created","response":{"model":"m"}}""",
                """{"type":"response.output_text.delta","message":"a"}""",
                """{"type":"response.refusal.delta","message":"b"}""",
                """{"type":"response.output_text.delta","message":"c"}""",
                """{"type":"error","message":"d"}""",
            ]
        },
    };

    [Fact]
    public void Feed_EventsOfAProtocolWithoutMarks_AreAllRead()
    {
        var body = Encoding.UTF8.GetBytes(
            """data: {"type":"image_generation.partial_image","model":"m"}""" + "\n\n"
            + """data: {"type":"image_generation.completed","usage":{"input_tokens":5}}""" + "\n\n");

        Assert.Equal(Read(SpeechProtocols.Images, body, 1), Read(SpeechProtocols.Images, body, body.Length));
    }

    [Fact]
    public void TryTake_OfTheFormOfTwoReadEvents_TakesItsFigures()
    {
        var forms = new Forms();
        forms.Read("a", "1");
        forms.Read("word", "12");

        Assert.True(forms.Takes(Written("other words", "345")));
        Assert.Equal(345, forms.Capture.Figure(LlmField.OutputTokens));
        Assert.Equal(3, forms.Chunks);
    }

    [Theory]
    [InlineData("", "3", "a text that is empty may carry no output")]
    [InlineData("a\\\"", "3", "the text goes on")]
    [InlineData("a\\", "3", "what looks like the end of the text is part of it")]
    [InlineData("a", "3.5", "not a whole number")]
    [InlineData("a", "null", "not a number")]
    [InlineData("a", "99999999999999999999", "not a count")]
    public void TryTake_OfNearlyTheForm_LeavesIt(string text, string number, string why)
    {
        var forms = new Forms();
        forms.Read("a", "1");
        forms.Read("word", "12");

        Assert.False(forms.Takes(Written(text, number)), why);
        Assert.Equal(12, forms.Capture.Figure(LlmField.OutputTokens));
    }

    [Fact]
    public void TryTake_AfterAnotherEventWasRead_WaitsForOneOfTheForm()
    {
        var forms = new Forms();
        forms.Read("a", "1");
        forms.Read("word", "12");

        forms.Form.OnRead();

        Assert.False(forms.Takes(Written("b", "13")));
        forms.Read("b", "13");
        Assert.True(forms.Takes(Written("c", "14")));
    }

    private static IEnumerable<string> Numbered(string form) => Enumerable.Range(1, 5).Select(
        number => form.Replace("#", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private static string Written(string text, string number) =>
        "data: " + Form.Replace("*", text, StringComparison.Ordinal).Replace("#", number, StringComparison.Ordinal)
        + "\n\n";

    private static byte[] Stream(Random random, string[] known)
    {
        var body = new StringBuilder();
        var end = _ends[random.Next(_ends.Length)];
        var events = random.GetItems(known, random.Next(1, 4));
        for (var i = random.Next(3, 30); i > 0; i--)
        {
            body.Append(random.Next(8) == 0 ? "event: message\n" : "").Append(random.Next(4) == 0 ? "data:" : "data: ");
            foreach (var character in events[random.Next(events.Length)])
            {
                body.Append(character switch
                {
                    '*' => _texts[random.Next(random.Next(2) == 0 ? 2 : _texts.Length)],
                    '#' => Number(random),
                    _ => character.ToString(),
                });
            }

            body.Append(random.Next(20) == 0 ? _ends[random.Next(_ends.Length)] : end);
        }

        body.Append(random.Next(2) == 0 ? "data: [DONE]\n\n" : "");
        return Encoding.UTF8.GetBytes(body.ToString());
    }

    private static string Number(Random random) => random.Next(16) switch
    {
        0 => "null",
        1 => "-3",
        2 => "1e3",
        3 => "\"7\"",
        _ => random.Next(1 << random.Next(1, 20)).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>All that a scanner knows after a body in pieces of a size.</summary>
    private static string Read(LlmProtocol protocol, byte[] body, int size)
    {
        var events = new CountedEvents();
        var scanner = new BodyScanner();
        scanner.Start(protocol, events);
        for (var at = 0; at < body.Length; at += size)
        {
            scanner.Feed(body.AsSpan(at, Math.Min(size, body.Length - at)));
        }

        scanner.End();
        var known = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"{events.Chunks} {events.Ends} {scanner.IsStream} {scanner.IsComplete} {scanner.IsUnreadable} "));
        known.Append(scanner.IsCutShort);
        foreach (var field in Enum.GetValues<LlmField>().Except(_ofOneEvent))
        {
            if (field >= LlmField.Model)
            {
                known.Append(CultureInfo.InvariantCulture, $" {field}={scanner.Capture.UniqueString(field)}");
            }
            else if (scanner.Capture.Has(field))
            {
                // A marker is all that counts of the fields that have no figure.
                var figure = field is LlmField.Error or LlmField.Output or LlmField.OtherCharges
                    ? null
                    : scanner.Capture.Figure(field);
                known.Append(CultureInfo.InvariantCulture, $" {field}={figure}");
            }
        }

        return known.ToString();
    }

    private sealed class CountedEvents : IBodyEvents
    {
        public int Chunks { get; private set; }

        public int Ends { get; private set; }

        public void OnChunk() => Chunks++;

        public void OnEnd() => Ends++;
    }

    private sealed class Forms
    {
        private readonly CountedEvents _events = new();
        private readonly EventReader _reader;

        public Forms()
        {
            _reader = new EventReader(new JsonScanner(Capture), Capture);
            _reader.Reset(OpenAiProtocols.Completions, _events, isMeasuring: false);
            Form = new EventForm(_reader, Capture);
            Form.Reset();
        }

        public FieldCapture Capture { get; } = new();

        public EventForm Form { get; }

        public int Chunks => _events.Chunks;

        public void Read(string text, string number)
        {
            var written = Encoding.UTF8.GetBytes(Written(text, number));
            Form.OnRead();
            _reader.Begin();
            _reader.Feed(written.AsSpan("data:".Length));
            _reader.End();
            Assert.True(_reader.MayRepeat);
            Form.LearnRead(written, _reader.HadOutput);
        }

        public bool Takes(string written)
        {
            ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(written);
            return Form.TryTake(ref bytes) && bytes.IsEmpty;
        }
    }
}
