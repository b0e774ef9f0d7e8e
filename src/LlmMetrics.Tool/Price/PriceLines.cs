using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace LlmMetrics.Tool.Price;

/// <summary>Answers calls that come as JSON lines, each with one line, in order.</summary>
internal static class PriceLines
{
    private const int MaxLine = 1024 * 1024;
    private const byte LineFeed = (byte)'\n';

    /// <returns>0, or 1 if a line was no call. That a call has no price is an answer like others.</returns>
    public static async Task<int> AnswerAsync(
        PriceCatalogue prices, ToolConsole console, CancellationToken cancellationToken)
    {
        var session = new Session(prices, console);
        var reader = PipeReader.Create(console.Input, new StreamPipeReaderOptions(leaveOpen: true));
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var rest = session.AnswerLines(read.Buffer, read.IsCompleted);
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                return session.Finish();
            }

            // Whoever asks line by line waits for each answer before the next question.
            await console.FlushAsync().ConfigureAwait(false);
        }
    }

    private sealed class Session(PriceCatalogue prices, ToolConsole console)
    {
        private long _lines;
        private long _refused;
        private bool _isSkipping;

        /// <summary>Answers the whole lines, and returns the rest.</summary>
        public ReadOnlySequence<byte> AnswerLines(ReadOnlySequence<byte> bytes, bool isEnd)
        {
            while (bytes.PositionOf(LineFeed) is { } end)
            {
                AnswerUnlessSkipped(bytes.Slice(0, end));
                bytes = bytes.Slice(bytes.GetPosition(1, end));
            }

            if (isEnd && bytes.Length > 0)
            {
                AnswerUnlessSkipped(bytes);
                return bytes.Slice(bytes.End);
            }

            if (bytes.Length <= MaxLine && !_isSkipping)
            {
                return bytes;
            }

            if (!_isSkipping)
            {
                _lines++;
                Refuse("it is longer than 1 MiB");
                _isSkipping = true;
            }

            return bytes.Slice(bytes.End);
        }

        public int Finish()
        {
            if (_refused > 0)
            {
                console.Say($"{_refused} of {_lines} lines were no calls");
            }

            return _refused > 0 ? ExitCode.Findings : ExitCode.Ok;
        }

        private void AnswerUnlessSkipped(in ReadOnlySequence<byte> line)
        {
            if (_isSkipping)
            {
                _isSkipping = false;
                return;
            }

            Answer(line.IsSingleSegment ? line.FirstSpan : line.ToArray());
        }

        private void Answer(ReadOnlySpan<byte> line)
        {
            line = line.Trim("\uFEFF \t\r"u8);
            if (line.IsEmpty)
            {
                return;
            }

            _lines++;
            try
            {
                var call = JsonSerializer.Deserialize(line, PriceJson.Default.PriceLine);
                DateTimeOffset at = default;
                if (call is null || string.IsNullOrWhiteSpace(call.Provider) || string.IsNullOrWhiteSpace(call.Model))
                {
                    Refuse("'provider' and 'model' are needed");
                }
                else if (call.At is not null && !Moments.TryParse(call.At, out at))
                {
                    Refuse($"'at' is '{call.At}', which is no date");
                }
                else
                {
                    var moment = call.At is null ? TimeProvider.System.GetUtcNow() : at;
                    console.WriteJsonLine(
                        PriceAnswer.Of(call.ToCall(), prices, moment), PriceJson.Default.PriceAnswer);
                }
            }
            catch (JsonException e)
            {
                Refuse(e.Path is { Length: > 2 } path ? $"{path[2..]} is of the wrong kind"
                    : e.InnerException is JsonException ? "it is not JSON"
                    : "it is no object");
            }
        }

        private void Refuse(string reason)
        {
            _refused++;
            console.WriteJsonLine(
                new PriceAnswer { Unpriced = PriceAnswer.Invalid, Detail = $"line {_lines}: {reason}" },
                PriceJson.Default.PriceAnswer);
        }
    }
}
