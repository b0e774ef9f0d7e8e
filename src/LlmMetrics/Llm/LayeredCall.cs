using LlmMetrics.Facts;
using LlmMetrics.Pricing;
using LlmMetrics.Scopes;

namespace LlmMetrics.Llm;

/// <summary>
/// One call as all layers see it: a client that measures opens it, and what measures beneath (the handler, another
/// client) tells it what it saw instead of recording that as one more call.
/// </summary>
/// <remarks>
/// What is told beneath goes before what the client knows itself: it is closer to the provider. A try that failed
/// without using anything becomes part of the next one of the same model. What else is told besides the last is a call
/// of its own (a client that calls the model again after a tool), and is recorded as such. So is what is evidently not
/// the client's call: of another model, or at another server with other figures.
/// </remarks>
internal sealed class LayeredCall
{
    private readonly LlmMetricsRuntime _runtime;
    private readonly string _operation;
    private readonly LayeredCall? _around;
    private readonly Lock _gate = new();
    private LayeredCall? _above;
    private FactData _told;
    private FactData _own;
    private long _toldStarted;
    private long _ownStarted;
    private int _beneath;
    private int _tries;
    private long _refused;
    private bool _areTriesUnknown;
    private bool _isOpen;
    private bool _isClosed;
    private bool _isEntered;
    private bool _isTold;
    private bool _isToldElsewhere;
    private bool _isRecorded;
    private bool _isToldApart;

    public LayeredCall(LlmMetricsRuntime runtime, string operation)
    {
        (_runtime, _operation) = (runtime, operation);
        _around = ScopeFrame.Of(runtime.Recorder)?.Call;
    }

    /// <summary>Whether it is part of another one, which then has the span and counts as under way.</summary>
    public bool IsBeneath => _above is not null;

    /// <summary>Whether something beneath measures it too.</summary>
    public bool IsSeenBeneath => Volatile.Read(ref _isEntered);

    /// <summary>Whether calls were made of which the one that <see cref="Close"/> gives is only the last.</summary>
    public bool IsSplit { get; private set; }

    /// <summary>Finds the call that what starts here is part of; who finds one has to leave it.</summary>
    public static bool TryEnter(LlmMetricsRuntime runtime, string operation, out LayeredCall? above)
    {
        above = ScopeFrame.Of(runtime.Recorder)?.Call;
        above = above is not null && above.TryEnter(operation) ? above : null;
        return above is not null;
    }

    /// <summary>Records a call, or tells it to the one above.</summary>
    public static void Record(LlmMetricsRuntime runtime, LayeredCall? above, in FactData fact, long started)
    {
        if (above is null)
        {
            runtime.Recorder.Record(FactKind.LlmCall, in fact);
        }
        else
        {
            above.Report(in fact, started);
        }
    }

    /// <summary>The call begins: what starts beneath from now on is part of it.</summary>
    public void Open()
    {
        _above = _around is not null && _around.TryEnter(_operation) ? _around : null;
        Volatile.Write(ref _isOpen, true);
    }

    /// <summary>What was beneath has ended and has told all it had to tell.</summary>
    public void Leave()
    {
        FactData fact;
        lock (_gate)
        {
            if (--_beneath > 0 || !_isClosed)
            {
                return;
            }

            fact = _own;
            _isRecorded = TryMerge(ref fact);
        }

        // The client has ended before, and so has its span.
        fact.Span = null;
        Complete(in fact);
    }

    /// <summary>
    /// The client's call has ended. True if nothing is under way beneath any more: then the fact becomes what all
    /// layers know, and <see cref="Complete"/> has to follow. Otherwise that happens when the last one leaves.
    /// </summary>
    public bool Close(ref FactData fact, long started)
    {
        lock (_gate)
        {
            (_own, _ownStarted, _isClosed) = (fact, started, true);
            ScopeFrame.Of(_runtime.Recorder)?.Fill(ref _own.KeyFields);
            if (_beneath > 0)
            {
                return false;
            }

            _isRecorded = TryMerge(ref fact);
            return true;
        }
    }

    /// <summary>Records what <see cref="Close"/> gave, if there is anything to record.</summary>
    public void Complete(in FactData fact)
    {
        if (_isToldApart)
        {
            Record(_runtime, _above, in _told, _toldStarted);
        }

        if (_isRecorded)
        {
            Record(_runtime, _above, in fact, _ownStarted);
        }

        _above?.Leave();
    }

    private static bool IsFailure(in FactData fact) =>
        Outcome(in fact, LlmOutcome.Error) && !CallPricing.HasUsage(in fact);

    private bool TryEnter(string operation)
    {
        lock (_gate)
        {
            // What is embedded on the way to an answer is a call of its own.
            var isSame = (operation == LlmOperation.Embeddings) == (_operation == LlmOperation.Embeddings);
            if (!isSame || _isClosed)
            {
                return false;
            }

            if (!Volatile.Read(ref _isOpen))
            {
                // Sent before anybody asked for the answer: too early to be told, but not to be counted.
                _isToldElsewhere = true;
                return false;
            }

            _beneath++;
            _isEntered = true;
            return true;
        }
    }

    private void Report(in FactData fact, long started)
    {
        FactData before;
        var beforeStarted = _toldStarted;
        var isSeparate = false;
        lock (_gate)
        {
            before = _told;
            if (_isTold && !TryFold(in fact))
            {
                isSeparate = true;
                IsSplit = true;
                AddTries(ref before);
            }

            (_told, _toldStarted, _isTold) = (fact, started, true);

            // It belongs to the scope that it was made in, whoever records it.
            ScopeFrame.Of(_runtime.Recorder)?.Fill(ref _told.KeyFields);
        }

        if (isSeparate)
        {
            Record(_runtime, _above, in before, beforeStarted);
        }
    }

    /// <summary>Takes what was told last as a try of what is told now, if it was one.</summary>
    private bool TryFold(in FactData next)
    {
        if (!IsFailure(in _told) || _told.Closed.ServerPort != next.Closed.ServerPort
            || !IsSame(FactField.Provider, in next) || !IsSame(FactField.RequestModel, in next)
            || !IsSame(FactField.ServerAddress, in next))
        {
            return false;
        }

        _tries += _told.Closed.Attempts;
        _areTriesUnknown |= _told.Closed.Attempts == 0;
        _refused += Refusals(in _told);
        return true;
    }

    private bool IsSame(FactField field, in FactData next) => _told.Key(field) == next.Key(field);

    private static long Refusals(in FactData fact) =>
        fact.Long(FactValue.RateLimitHits) ?? (fact.Closed.RateLimited ? 1 : 0);

    private void AddTries(ref FactData fact)
    {
        if (_tries == 0 && !_areTriesUnknown)
        {
            return;
        }

        var isUnknown = _areTriesUnknown || fact.Closed.Attempts == 0;
        var refused = _refused + Refusals(in fact);
        fact.Closed.Attempts = isUnknown ? 0 : _tries + fact.Closed.Attempts;
        fact.Set(FactValue.RateLimitHits, refused > 0 ? refused : null);
        (_tries, _refused, _areTriesUnknown) = (0, 0, false);
    }

    /// <summary>Makes of the client's fact what all layers know; false if there is nothing left to record.</summary>
    private bool TryMerge(ref FactData fact)
    {
        if (!_isTold)
        {
            return !_isToldElsewhere;
        }

        AddTries(ref _told);
        var isFallback = IsFailure(in _told) && Outcome(in fact, LlmOutcome.Ok) && CallPricing.HasUsage(in fact);
        _isToldApart = isFallback || (!IsSplit && IsAnother(in _told, in fact));
        if (_isToldApart)
        {
            // The client got its answer elsewhere: after the failure that was told, or besides the call that was.
            return true;
        }

        if (IsSplit)
        {
            fact = _told;
            return true;
        }

        var own = fact;
        fact = _told;
        (fact.Trace, fact.Span) = (own.Trace, own.Span);
        Complement(ref fact, in own);
        return true;
    }

    /// <summary>
    /// Whether both tell what they used and it was evidently not the same call. A gateway may have another address
    /// than the client believes, and another name for the model: only what nothing else explains is another call.
    /// </summary>
    private static bool IsAnother(in FactData told, in FactData own)
    {
        if (told.Closed.UsageSource == (int)UsageSource.Estimated || !CallPricing.HasUsage(in told)
            || !CallPricing.HasUsage(in own))
        {
            return false;
        }

        var isOtherModel = Differ(FactField.RequestModel, in told, in own)
            && Differ(FactField.ResponseModel, in told, in own);
        return isOtherModel || (Differ(FactField.ServerAddress, in told, in own)
            && (told.Long(FactValue.InputTokens) != own.Long(FactValue.InputTokens)
                || told.Long(FactValue.OutputTokens) != own.Long(FactValue.OutputTokens)));
    }

    /// <summary>Whether both are known and not the same.</summary>
    private static bool Differ(FactField field, in FactData told, in FactData own) =>
        told.Key(field) is { } one && own.Key(field) is { } other
        && !string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private void Complement(ref FactData fact, in FactData own)
    {
        for (var field = 0; field < FactData.KeyCount; field++)
        {
            fact.KeyFields[field] ??= field == (int)FactField.ErrorType ? null : own.KeyFields[field];
        }

        fact.Closed.ServerPort = fact.Closed.ServerPort == 0 ? own.Closed.ServerPort : fact.Closed.ServerPort;
        var isEstimated = fact.Closed.UsageSource == (int)UsageSource.Estimated;
        if ((isEstimated || !CallPricing.HasUsage(in fact)) && CallPricing.HasUsage(in own))
        {
            CopyUsage(ref fact, in own);
        }

        if (Outcome(in own, LlmOutcome.Error) && Outcome(in fact, LlmOutcome.Ok))
        {
            fact.Closed.Outcome = own.Closed.Outcome;
            fact.KeyFields[(int)FactField.ErrorType] = own.Key(FactField.ErrorType);
        }
        else if (Outcome(in own, LlmOutcome.Ok) && Outcome(in fact, LlmOutcome.Cancelled))
        {
            fact.Closed.Outcome = own.Closed.Outcome;
        }

        // The operation takes from its start to its end, tries and the waits between them included.
        fact.Set(FactValue.Duration, own.Double(FactValue.Duration));
        var first = fact.Double(FactValue.TimeToFirstChunk)
            + _runtime.Time.GetElapsedTime(_ownStarted, _toldStarted).TotalSeconds;
        fact.Set(FactValue.TimeToFirstChunk, first ?? own.Double(FactValue.TimeToFirstChunk));
    }

    private static bool Outcome(in FactData fact, LlmOutcome outcome) => fact.Closed.Outcome == (int)outcome;

    private static void CopyUsage(ref FactData fact, in FactData own)
    {
        // What was estimated gives way to what was told.
        fact.Figures.Forget(FactFigures.Tokens);
        fact.Figures.Take(FactFigures.Usage, in own.Figures);
        fact.Closed.UsageSource = own.Closed.UsageSource;
        fact.Closed.UsageMissing = own.Closed.UsageMissing;
        fact.Closed.HasOtherCharges |= own.Closed.HasOtherCharges;
    }
}
