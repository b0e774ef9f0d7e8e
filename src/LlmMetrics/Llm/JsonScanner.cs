using System.Buffers;

namespace LlmMetrics.Llm;

/// <summary>
/// Reads JSON of any size in pieces of any size and keeps the few fields that a tree of nodes names. Where the tree
/// ends it only counts brackets and skips texts, so that depth, length and content of the rest do not matter.
/// </summary>
/// <remarks>
/// It is structure-aware: a name counts in its place only, never within a text or another object. It is tolerant
/// where nothing is wanted and gives up (<see cref="IsBroken"/>) where the structure it follows is not JSON.
/// </remarks>
internal sealed partial class JsonScanner(FieldCapture capture)
{
    private const int MaxTracked = 8;
    private static readonly SearchValues<byte> _structure = SearchValues.Create("\"{}[]"u8);

    private readonly byte[] _scratch = new byte[FieldCapture.MaxTextBytes];
    private readonly Frame[] _frames = new Frame[MaxTracked];
    private JsonNode? _node;
    private State _state;
    private State _afterText;
    private int _depth;
    private long _skipDepth;
    private int _scratchLength;
    private TextLength _textLength;
    private bool _isCapturing;
    private bool _isCounting;
    private bool _isMeasuring;
    private bool _isEscaped;
    private bool _mayClose;

    private enum State : byte
    {
        Value,
        Key,
        Colon,
        Text,
        Scalar,
        AfterValue,
        Skip,
        Done,
        Broken,
    }

    /// <summary>Whether the document has been read to its end.</summary>
    public bool IsDone => _state == State.Done;

    /// <summary>Whether the document turned out not to be JSON. The rest is ignored.</summary>
    public bool IsBroken => _state == State.Broken;

    /// <summary>Whether anything but white space has been read.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Whether what was read ends within a number.</summary>
    public bool IsInNumber => _state == State.Scalar;

    /// <summary>What is wanted of the value that what was read ends before or in; null if nothing is.</summary>
    public JsonNode? Place =>
        _state is State.Value or State.Scalar || (_state == State.Text && _afterText == State.AfterValue)
            ? _node
            : null;

    public void Reset(JsonNode root)
    {
        _node = root;
        _state = State.Value;
        _depth = 0;
        _isEscaped = false;
        _mayClose = false;
        IsStarted = false;
        capture.Rollback();
    }

    /// <summary>Reads on, and gives back what follows the document's end.</summary>
    public ReadOnlySpan<byte> Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && _state != State.Done)
        {
            bytes = _state switch
            {
                State.Value => ReadValue(bytes),
                State.Key => ReadKey(bytes),
                State.Colon => ReadColon(bytes),
                State.Text => ReadText(bytes),
                State.Scalar => ReadScalar(bytes),
                State.AfterValue => ReadAfterValue(bytes),
                State.Skip => Skip(bytes),
                _ => default,
            };
        }

        return bytes;
    }

    private static ReadOnlySpan<byte> TrimSpace(ReadOnlySpan<byte> bytes)
    {
        // Most tokens follow each other without space, so the first byte decides nearly always.
        return bytes[0] > ' ' ? bytes : bytes.TrimStart(" \t\r\n"u8);
    }

    private ReadOnlySpan<byte> ReadValue(ReadOnlySpan<byte> bytes)
    {
        bytes = TrimSpace(bytes);
        if (bytes.IsEmpty)
        {
            return bytes;
        }

        IsStarted = true;
        var first = bytes[0];
        switch (first)
        {
            case (byte)'{':
                Mark();
                Open(isArray: false);
                return bytes[1..];
            case (byte)'[':
                Open(isArray: true);
                return bytes[1..];
            case (byte)'"':
                return ReadTextValue(bytes[1..]);
            case (byte)']' when _mayClose:
                Close();
                return bytes[1..];
            case (byte)'-' or (byte)'t' or (byte)'f' or (byte)'n' or (>= (byte)'0' and <= (byte)'9'):
                _scratchLength = 0;
                _isCapturing = _node is { Field: not LlmField.None };
                _state = State.Scalar;
                return ReadScalar(bytes);
            default:
                _state = State.Broken;
                return default;
        }
    }

    private void Mark()
    {
        if (_node is { Marker: not LlmField.None and var marker })
        {
            capture.SetMarker(marker);
        }

        if (_node is { Counter: not LlmField.None and var counter })
        {
            capture.Increment(counter);
        }
    }

    private void Open(bool isArray)
    {
        _mayClose = false;
        if (_node is not { } node || _depth == MaxTracked || !(isArray ? node.Items is not null : node.HasMembers))
        {
            (_state, _skipDepth, _isMeasuring) = (State.Skip, 1, _node is { IsText: true });
            return;
        }

        if (node.IsAtomic)
        {
            capture.Stage();
        }

        if (isArray)
        {
            capture.Recount(node.Items!);
        }

        _frames[_depth++] = new Frame(node, isArray);
        _node = isArray ? node.Items : null;
        _state = isArray ? State.Value : State.Key;
        _mayClose = true;
    }

    private void Close()
    {
        _mayClose = false;
        capture.End(_frames[--_depth].Node);
        EndValue();
    }

    private void EndValue() => _state = _depth == 0 ? State.Done : State.AfterValue;

    /// <summary>Ends a value and goes on to the next one at once if that is there.</summary>
    private ReadOnlySpan<byte> EndValue(ReadOnlySpan<byte> rest)
    {
        EndValue();
        return _state == State.AfterValue && !rest.IsEmpty && rest[0] == (byte)',' ? ReadAfterValue(rest) : rest;
    }

    private ReadOnlySpan<byte> ReadKey(ReadOnlySpan<byte> bytes)
    {
        bytes = TrimSpace(bytes);
        if (bytes.IsEmpty)
        {
            return bytes;
        }

        switch (bytes[0])
        {
            case (byte)'"':
                if (TryReadName(bytes[1..], out var rest))
                {
                    return rest;
                }

                BeginText(State.Colon, isCapturing: true);
                break;
            case (byte)'}' when _mayClose:
                Close();
                break;
            default:
                _state = State.Broken;
                break;
        }

        return bytes[1..];
    }

    /// <summary>Reads a name that is there as a whole with its colon, as nearly all are.</summary>
    private bool TryReadName(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> rest)
    {
        var end = EndOfText(bytes);
        if (end < 0 || end + 1 >= bytes.Length || bytes[end] != (byte)'"' || bytes[end + 1] != (byte)':')
        {
            rest = default;
            return false;
        }

        _node = _frames[_depth - 1].Node.Find(bytes[..end]);
        (_state, _mayClose) = (State.Value, false);
        rest = bytes[(end + 2)..];
        return true;
    }

    private ReadOnlySpan<byte> ReadColon(ReadOnlySpan<byte> bytes)
    {
        bytes = TrimSpace(bytes);
        if (bytes.IsEmpty)
        {
            return bytes;
        }

        _state = bytes[0] == (byte)':' ? State.Value : State.Broken;
        _mayClose = false;
        return bytes[1..];
    }

    private ReadOnlySpan<byte> ReadScalar(ReadOnlySpan<byte> bytes)
    {
        var end = EndOfScalar(bytes);
        if (end == bytes.Length)
        {
            Keep(bytes);
            return default;
        }

        if (_isCapturing)
        {
            var scalar = bytes[..end];
            if (_scratchLength > 0 || end > FieldCapture.MaxTextBytes)
            {
                Keep(scalar);
                scalar = _scratch.AsSpan(0, _scratchLength);
            }

            capture.SetScalar(_node!.Field, scalar);
        }

        return EndValue(bytes[end..]);
    }

    private static int EndOfScalar(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] is (byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                return i;
            }
        }

        return bytes.Length;
    }

    private ReadOnlySpan<byte> ReadAfterValue(ReadOnlySpan<byte> bytes)
    {
        bytes = TrimSpace(bytes);
        if (bytes.IsEmpty)
        {
            return bytes;
        }

        var frame = _frames[_depth - 1];
        switch (bytes[0])
        {
            case (byte)',':
                _node = frame.IsArray ? frame.Node.Items : null;
                _state = frame.IsArray ? State.Value : State.Key;
                break;
            case (byte)'}' when !frame.IsArray:
            case (byte)']' when frame.IsArray:
                Close();
                break;
            default:
                _state = State.Broken;
                break;
        }

        return bytes[1..];
    }

    private ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOfAny(_structure); at >= 0; at = bytes.IndexOfAny(_structure))
        {
            var found = bytes[at];
            bytes = bytes[(at + 1)..];
            if (found == (byte)'"')
            {
                if (!TryPassText(ref bytes))
                {
                    BeginText(State.Skip, isCapturing: false);
                    return bytes;
                }

                continue;
            }

            _skipDepth += found is (byte)'{' or (byte)'[' ? 1 : -1;
            if (_skipDepth == 0)
            {
                EndValue();
                return bytes;
            }
        }

        return default;
    }

    private readonly record struct Frame(JsonNode Node, bool IsArray);
}
