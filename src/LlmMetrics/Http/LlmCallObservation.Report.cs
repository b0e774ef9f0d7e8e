using System.Diagnostics;
using System.Globalization;
using LlmMetrics.Facts;
using LlmMetrics.Llm;
using LlmMetrics.Pricing;

namespace LlmMetrics.Http;

/// <content>What is told when a call has ended.</content>
internal sealed partial class LlmCallObservation
{
    /// <summary>The span of this call, if it has one; otherwise it counts to the one that it was made in.</summary>
    private Activity? Own => _isOwnSpan ? _span : null;

    private FactData Key()
    {
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.Provider] = _endpoint.Provider;
        fact.KeyFields[(int)FactField.Operation] = _endpoint.Operation;
        fact.KeyFields[(int)FactField.RequestModel] = _endpoint.Model;
        fact.KeyFields[(int)FactField.ResponseModel] = _scanner?.Capture.String(LlmField.Model);
        fact.KeyFields[(int)FactField.ServerAddress] = _uri.Host;
        fact.Closed.ServerPort = _uri.Port;
        fact.Closed.Streaming = _isStream || _scanner is { IsStream: true };
        fact.Trace = _span?.Context ?? default;
        fact.Span = Own;
        return fact;
    }

    private void Fill(ref FactData fact, TimeSpan duration)
    {
        var isUsageKnown = false;
        if (_scanner is { } scanner)
        {
            scanner.End();
            RecordChunks();
            _end = _end.Resolve(scanner);
            isUsageKnown = UsageNormalizer.TryWrite(
                scanner.Capture, _endpoint.Protocol, _endpoint.Operation, ref fact);
            fact.KeyFields[(int)FactField.ServiceTier] = ServedTier.Of(scanner.Capture);
        }

        if (_status >= CallEnd.FirstErrorStatus)
        {
            _end = new CallEnd(LlmOutcome.Error, _status.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            fact.Set(FactValue.Characters, _text?.Spoken);
            isUsageKnown |= _headers?.Complete(ref fact) == true;
        }

        fact.KeyFields[(int)FactField.ErrorType] = _end.ErrorType;
        fact.Closed.HasOutcome = true;
        fact.Closed.Outcome = (int)_end.Outcome;
        fact.Closed.StatusCode = _status;
        fact.Closed.RateLimited = _status == TooManyRequests;
        fact.Closed.UsageSource = (int)(isUsageKnown ? UsageSource.Provider : UsageSource.None);
        fact.Closed.UsageMissing = (int)(isUsageKnown || CallPricing.HasUsage(in fact)
            ? UsageMissingReason.None
            : _end.WhyMissing(_status, _isUnread, _scanner));
        TokenEstimation.Complete(_runtime, _scanner, _text, ref fact);
        _tries.Describe(ref fact);
        fact.Closed.Scope = (int)Scope;
        fact.Set(FactValue.Duration, duration);
        if (_hasChunk)
        {
            fact.Set(FactValue.TimeToFirstChunk, _runtime.Time.GetElapsedTime(_started, _firstChunk));
        }
    }

    private void Describe(out FactData fact, TimeSpan duration)
    {
        fact = Key();
        Fill(ref fact, duration);
        LlmActivity.Describe(Own, in fact, _scanner?.Capture);
    }

    private void Report()
    {
        var duration = _runtime.Time.GetElapsedTime(_started);
        _active?.Add(-1);
        FactData fact;
        if (_scanner is { } scanner)
        {
            lock (scanner)
            {
                Describe(out fact, duration);
                _scanner = null;
                _decoder?.Dispose();
            }

            ScannerPool.Return(scanner);
        }
        else
        {
            Describe(out fact, duration);
        }

        // First the metrics, which link to the span as long as it runs.
        LayeredCall.Record(_runtime, _above, in fact, _started);
        _above?.Leave();
        LlmActivity.Stop(Own);
    }
}
