using System.IO.Pipelines;
using System.Net.ServerSentEvents;
using System.Text;

namespace LlmMetrics.Tests.Http;

/// <summary>Every way to read a body gives the same bytes by the same inner reads as without the handler.</summary>
public class ReadShapeTests
{
    private static readonly Dictionary<string, Func<HttpContent, Task<string>>> _shapes = new()
    {
        ["Read array"] = Sync((stream, buffer) => stream.Read(buffer, 3, buffer.Length - 3), 3),
        ["Read span"] = Sync((stream, buffer) => stream.Read(buffer.AsSpan()), 0),
        ["ReadByte"] = async content =>
        {
            var stream = await content.ReadAsStreamAsync();
            var bytes = new List<byte>();
            for (var value = stream.ReadByte(); value >= 0; value = stream.ReadByte())
            {
                bytes.Add((byte)value);
            }

            return Text([.. bytes]);
        },
        ["ReadAsync array"] = Async((stream, buffer) => new ValueTask<int>(stream.ReadAsync(buffer, 0, buffer.Length))),
        ["ReadAsync memory"] = Async((stream, buffer) => stream.ReadAsync(buffer.AsMemory())),
        ["zero-byte reads"] = Async(async (stream, buffer) =>
        {
            Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty));
            return await stream.ReadAsync(buffer.AsMemory());
        }),
        ["BeginRead"] = Async((stream, buffer) => new ValueTask<int>(
            Task.Factory.FromAsync(stream.BeginRead, stream.EndRead, buffer, 0, buffer.Length, null))),
        ["CopyTo"] = async content =>
        {
            using var target = new MemoryStream();
            (await content.ReadAsStreamAsync()).CopyTo(target, 100);
            return Text(target.ToArray());
        },
        ["stream CopyToAsync"] = async content =>
        {
            using var target = new MemoryStream();
            await (await content.ReadAsStreamAsync()).CopyToAsync(target, 77, CancellationToken.None);
            return Text(target.ToArray());
        },
        ["content CopyToAsync"] = async content =>
        {
            using var target = new MemoryStream();
            await content.CopyToAsync(target);
            return Text(target.ToArray());
        },
        ["content CopyTo"] = content =>
        {
            using var target = new MemoryStream();
            content.CopyTo(target, null, CancellationToken.None);
            return Task.FromResult(Text(target.ToArray()));
        },
        ["ReadAsStringAsync"] = content => content.ReadAsStringAsync(),
        ["ReadAsByteArrayAsync"] = async content => Text(await content.ReadAsByteArrayAsync()),
        ["LoadIntoBufferAsync"] = async content =>
        {
            await content.LoadIntoBufferAsync();
            return await content.ReadAsStringAsync() + await content.ReadAsStringAsync();
        },
        ["sync ReadAsStream"] = async content =>
        {
            using var reader = new StreamReader(content.ReadAsStream());
            return await reader.ReadToEndAsync();
        },
        ["StreamReader lines"] = async content =>
        {
            using var reader = new StreamReader(await content.ReadAsStreamAsync());
            var lines = new StringBuilder();
            while (await reader.ReadLineAsync() is { } line)
            {
                lines.Append(line).Append('\n');
            }

            return lines.ToString();
        },
        ["PipeReader"] = async content =>
        {
            var reader = PipeReader.Create(await content.ReadAsStreamAsync());
            var text = new StringBuilder();
            while (true)
            {
                var result = await reader.ReadAsync();
                text.Append(Encoding.Latin1.GetString(result.Buffer));
                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    await reader.CompleteAsync();
                    return text.ToString();
                }
            }
        },
        ["SseParser"] = async content =>
        {
            var text = new StringBuilder();
            await foreach (var item in SseParser.Create(await content.ReadAsStreamAsync()).EnumerateAsync())
            {
                text.Append(item.EventType).Append('=').Append(item.Data).Append('\n');
            }

            return text.ToString();
        },
    };

    public static TheoryData<string> Shapes() => [.. _shapes.Keys];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Response_AnyReadShape_SameBytesByTheSameReads(string shape)
    {
        foreach (var plan in ChunkPlan.All)
        {
            var (plainText, plainCalls) = await ReadAsync(shape, plan, null);
            var log = new CallLog();
            var (text, calls) = await ReadAsync(shape, plan, log);

            // Streams of the framework begin a read by ReadAsync, the base class by Read: both are one read.
            string Kind(string call) =>
                shape == "BeginRead" ? call.Replace(" async", "", StringComparison.Ordinal) : call;

            Assert.NotEmpty(plainText);
            Assert.Equal(plainText, text);
            Assert.Equal(plainCalls.Select(Kind), calls.Select(Kind));
            Assert.Equal(LlmOutcome.Ok, log.Single.Outcome);
            Assert.Equal(29, log.Single.InputTokens + log.Single.OutputTokens);
        }
    }

    [Fact]
    public async Task Response_Headers_AreKept()
    {
        static async Task<(string Content, string Response, long? Length)> HeadersAsync(LlmMetricsRuntime? runtime)
        {
            using var inner = new ScriptedHandler("{}"u8.ToArray(), ChunkPlan.Whole, "not a; valid / type")
            {
                ContentLength = 2,
            };
            using var client = Client(inner, runtime);
            using var request = Scenario.Request();
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return (
                string.Join('|', response.Content.Headers.NonValidated.Select(h => $"{h.Key}={h.Value}")),
                string.Join('|', response.Headers.NonValidated.Select(h => $"{h.Key}={h.Value}")),
                response.Content.Headers.ContentLength);
        }

        using var runtime = TestRuntime.Create(new CallLog());
        var plain = await HeadersAsync(null);
        Assert.Contains("X-Odd=one, two", plain.Content, StringComparison.Ordinal);
        Assert.Equal(2, plain.Length);
        Assert.Equal(plain, await HeadersAsync(runtime));
    }

    private static HttpClient Client(HttpMessageHandler inner, LlmMetricsRuntime? runtime) =>
        new(runtime is null ? inner : new LlmMetricsHandler(runtime, inner));

    private static async Task<(string Text, IReadOnlyList<string> Calls)> ReadAsync(
        string shape, ChunkPlan plan, CallLog? log)
    {
        using var inner = Scenario.Chat(plan: plan);
        using var runtime = log is null ? null : TestRuntime.Create(log);
        using var client = Client(inner, runtime);
        using var request = Scenario.Request();
        string text;
        using (var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            text = await _shapes[shape](response.Content);
        }

        return (text, inner.Stream!.Calls);
    }

    private static Func<HttpContent, Task<string>> Sync(Func<Stream, byte[], int> read, int offset) => async content =>
    {
        var stream = await content.ReadAsStreamAsync();
        var buffer = new byte[50];
        using var target = new MemoryStream();
        for (var count = read(stream, buffer); count > 0; count = read(stream, buffer))
        {
            target.Write(buffer, offset, count);
        }

        return Text(target.ToArray());
    };

    private static Func<HttpContent, Task<string>> Async(Func<Stream, byte[], ValueTask<int>> read) => async content =>
    {
        var stream = await content.ReadAsStreamAsync();
        var buffer = new byte[50];
        using var target = new MemoryStream();
        for (var count = await read(stream, buffer); count > 0; count = await read(stream, buffer))
        {
            target.Write(buffer, 0, count);
        }

        return Text(target.ToArray());
    };

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
