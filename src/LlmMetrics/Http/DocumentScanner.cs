using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// Reads a stream of JSON documents in pieces of any size: one per line, or the items of one array. Like the scanner
/// of server-sent events it keeps no text.
/// </summary>
internal sealed class DocumentScanner(EventReader events, FieldCapture capture)
{
    private bool _isArray;
    private bool _isOpen;
    private bool _isDead;

    /// <summary>Whether this is more than a single answer in a document of its own.</summary>
    public bool IsStream => _isArray || events.Count > 1 || (events.Count == 1 && !capture.Has(LlmField.Done));

    /// <summary>Whether the stream ended in the middle of a document.</summary>
    public bool IsCutInEvent => _isOpen && events.IsInEvent;

    public void Reset(bool isArray) => (_isArray, _isOpen, _isDead) = (isArray, false, false);

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !events.IsEnded && !_isDead)
        {
            bytes = _isArray ? ReadItems(bytes) : ReadLine(bytes);
        }
    }

    /// <summary>The stream has ended; the last line counts also without its line end.</summary>
    public void End() => EndDocument();

    private ReadOnlySpan<byte> ReadLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        var line = end < 0 ? bytes : bytes[..end];
        if (!_isOpen)
        {
            line = line.TrimStart(" \t"u8);
            if (!line.IsEmpty && (end < 0 || !events.TryPassOver(line)))
            {
                Open();
            }
        }

        if (_isOpen)
        {
            events.Feed(line);
        }

        if (end < 0)
        {
            if (_isOpen && events.IsRead)
            {
                // The last line may come without its end.
                EndDocument();
            }

            return default;
        }

        EndDocument();
        return bytes[(end + 1)..];
    }

    private ReadOnlySpan<byte> ReadItems(ReadOnlySpan<byte> bytes)
    {
        if (!_isOpen)
        {
            bytes = bytes.TrimStart(" \t\r\n,["u8);
            if (bytes.IsEmpty)
            {
                return bytes;
            }

            if (bytes[0] == (byte)']')
            {
                events.Terminate();
                return default;
            }

            Open();
        }

        bytes = events.Feed(bytes);
        EndDocument();
        _isDead |= events.IsBroken;
        return bytes;
    }

    private void Open()
    {
        _isOpen = true;
        events.Begin();
    }

    private void EndDocument()
    {
        if (_isOpen && events.IsRead)
        {
            _isOpen = false;
            events.End();
        }
        else if (_isOpen && events.IsBroken && !_isArray)
        {
            // A line that cannot be read spoils none of the others.
            _isOpen = false;
            events.Abandon();
        }
    }
}
