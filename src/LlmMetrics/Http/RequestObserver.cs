using LlmMetrics.Collection;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// Finds the model and a few settings in the first <see cref="Limit"/> bytes of a request while it is sent. A request
/// that is sent again (a retry, a redirect) is looked at again from its start.
/// </summary>
internal sealed class RequestObserver(LlmProtocol protocol, SelfDiagnostics diagnostics) : IByteTap
{
    public const int Limit = 64 * 1024;

    private readonly Lock _gate = new();
    private BodyScanner? _scanner;
    private JsonScanner? _json;
    private int _left;

    /// <summary>The stream to send to.</summary>
    public Stream Tap(Stream target)
    {
        lock (_gate)
        {
            _scanner ??= ScannerPool.Rent();
            _scanner.Capture.Reset();
            _json = _scanner.Json;
            _json.Reset(protocol.Request);
            _left = Limit;
        }

        return new TapStream(target, this);
    }

    public void Observe(ReadOnlySpan<byte> bytes)
    {
        if (_left <= 0)
        {
            return;
        }

        try
        {
            lock (_gate)
            {
                bytes = bytes[..Math.Min(bytes.Length, Math.Max(_left, 0))];
                _left -= bytes.Length;
                _json?.Feed(bytes);
            }
        }
        catch (Exception exception)
        {
            _left = 0;
            diagnostics.Failed(Losses.RequestScan, exception);
        }
    }

    public void OnTargetFailed()
    {
        // The handler sees the same failure as that of the send.
    }

    /// <summary>Tells what was found and ends the observation.</summary>
    public (string? Model, bool IsStream) Complete()
    {
        lock (_gate)
        {
            _left = 0;
            _json = null;
            if (_scanner is not { } scanner)
            {
                return default;
            }

            _scanner = null;
            var found = (scanner.Capture.String(LlmField.Model), scanner.Capture.Figure(LlmField.Stream) == 1);
            ScannerPool.Return(scanner);
            return found;
        }
    }
}
