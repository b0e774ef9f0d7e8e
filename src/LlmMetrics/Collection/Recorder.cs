using System.Diagnostics;
using LlmMetrics.Facts;
using LlmMetrics.Pricing;
using LlmMetrics.Profiles;
using LlmMetrics.Scopes;

namespace LlmMetrics.Collection;

/// <summary>Turns facts into updates of the series that the profiles bind them to.</summary>
internal sealed class Recorder
{
    private readonly KindPlan[] _plans;
    private readonly InstrumentRegistry _registry;
    private readonly AdmissionGuard _admission;
    private readonly PlaceholderGuard _placeholders;
    private readonly SelfDiagnostics _diagnostics;
    private readonly TagEnricher[] _enrichers;
    private readonly ILlmCallObserver[] _observers;
    private readonly CallPricing _pricing;
    private readonly TimeProvider _time;
    private readonly bool _collect;
    private readonly bool _enabled;
    private volatile bool _isListenedTo;

    public Recorder(RecorderSetup setup)
    {
        _registry = setup.Registry;
        _diagnostics = setup.Diagnostics;
        _enrichers = [.. setup.Enrichers];
        _observers = [.. setup.Observers];
        _pricing = setup.Pricing;
        _time = setup.Time;
        _collect = setup.Options.Collect;
        _enabled = setup.Options.Enabled;
        _admission = new AdmissionGuard(setup.Options.Cardinality, setup.Diagnostics);
        _placeholders = new PlaceholderGuard(setup.Diagnostics);
        _plans = PlanBuilder.Build(setup.Profiles, setup.Options, _enrichers);
        PlanBuilder.CreateConstantInstruments(_plans, _registry);
        _pricing.OnChange(ForgetPrices);
        NoticeListeners();
    }

    /// <summary>Whether anything would come of a fact of this kind. Ask before filling one.</summary>
    public bool IsEnabled(FactKind kind) =>
        _enabled && (_collect || _isListenedTo || _observers.Length > 0) && _plans[(int)kind].Instruments.Length > 0;

    /// <summary>Looks whether someone listens; called at intervals when nothing is collected in process.</summary>
    public void NoticeListeners() => _isListenedTo = _registry.IsListenedTo;

    /// <summary>Records a fact that has ended. Never throws.</summary>
    public void Record(FactKind kind, in FactData fact)
    {
        if (!IsEnabled(kind))
        {
            return;
        }

        try
        {
            RecordCore(kind, in fact);
        }
        catch (Exception exception)
        {
            // Whatever went wrong, the app must not see it.
            _diagnostics.Failed(LossReason.Failure, exception);
        }
    }

    /// <summary>
    /// The series that facts with these key fields update, or null if there are none; to record several figures on
    /// them without a lookup each time. Never throws.
    /// </summary>
    public BoundFact? Bind(FactKind kind, in FactData fact)
    {
        if (!IsEnabled(kind))
        {
            return null;
        }

        try
        {
            var keys = fact;
            ScopeFrame.Of(this)?.Fill(ref keys);
            return Find(kind, ref keys);
        }
        catch (Exception exception)
        {
            _diagnostics.Failed(LossReason.Failure, exception);
            return null;
        }
    }

    private void RecordCore(FactKind kind, in FactData fact)
    {
        var keys = fact;
        keys.Set(FactValue.Count, 1L);
        if (kind < FactKind.HttpServerCall || kind == FactKind.ErrorEvent)
        {
            ScopeFrame.Of(this)?.Fill(ref keys);
        }

        if (kind == FactKind.LlmCall)
        {
            CallPricing.Complete(ref keys);
        }

        Enrich(kind, ref keys);
        var binding = Find(kind, ref keys);
        if (kind == FactKind.LlmCall)
        {
            // The price hangs on the real model, also where the guard has folded it.
            CallPricing.Price(ref keys, binding.IsModelFolded ? _pricing.Find(in keys) : binding.Price, _time);
        }

        binding.Apply(in keys, ExemplarOf(in keys));
        if (kind == FactKind.LlmCall)
        {
            Tell(in keys);
        }
    }

    private void Enrich(FactKind kind, ref FactData keys)
    {
        for (var i = 0; i < _enrichers.Length; i++)
        {
            if (_enrichers[i].Concerns(kind))
            {
                keys.KeyFields[FactData.FirstEnriched + i] = Enriched(_enrichers[i], kind, in keys);
            }
        }
    }

    private string? Enriched(TagEnricher enricher, FactKind kind, in FactData keys)
    {
        if (!Reentrancy.TryEnter())
        {
            _diagnostics.Dropped(LossReason.Reentrant);
            return null;
        }

        try
        {
            return enricher.Value(kind, in keys);
        }
        catch (Exception exception)
        {
            // An enricher that throws costs its tag, not the measurement.
            _diagnostics.Failed(LossReason.Enricher, exception);
            return null;
        }
        finally
        {
            Reentrancy.Leave();
        }
    }

    private void Tell(in FactData fact)
    {
        if (_observers.Length == 0)
        {
            return;
        }

        if (!Reentrancy.TryEnter())
        {
            _diagnostics.Dropped(LossReason.Reentrant);
            return;
        }

        var call = new LlmCall(in fact);
        foreach (var observer in _observers)
        {
            try
            {
                observer.OnCall(in call);
            }
            catch (Exception exception)
            {
                _diagnostics.Failed(LossReason.Observer, exception);
            }
        }

        Reentrancy.Leave();
    }

    private Exemplar? ExemplarOf(in FactData fact) =>
        (fact.Trace.TraceFlags & ActivityTraceFlags.Recorded) == ActivityTraceFlags.Recorded
            ? new Exemplar(0, _time.GetUtcNow(), fact.Trace.TraceId, fact.Trace.SpanId)
            : null;

    private BoundFact Find(FactKind kind, ref FactData keys)
    {
        var plan = _plans[(int)kind];
        return plan.Bindings.Find(ref keys, out _) ?? Resolve(plan, keys);
    }

    /// <summary>The slow path, on a copy of the keys: admits them, and binds them if need be.</summary>
    private BoundFact Resolve(KindPlan plan, FactData keys)
    {
        _admission.Admit(ref keys, plan.Slots);
        if (plan.Bindings.Find(ref keys, out var hash) is { } admitted)
        {
            return admitted;
        }

        var isModelFolded = keys.Key(FactField.RequestModel) == MetricStorage.Folded
            || keys.Key(FactField.ResponseModel) == MetricStorage.Folded
            || keys.Key(FactField.Provider) == MetricStorage.Folded;
        var price = plan.Kind == FactKind.LlmCall && !isModelFolded ? _pricing.Find(in keys) : null;
        var given = keys.Closed.CostSource;
        if (given == 0 && (isModelFolded || price is not null))
        {
            keys.Closed.CostSource = (int)CostSource.Catalogue;
        }

        var anyFolded = false;
        var updates = new List<SeriesUpdate>(plan.Instruments.Length);
        foreach (var instrument in plan.Instruments)
        {
            if (instrument.Entry(in keys, _registry, _placeholders) is { } entry)
            {
                var tags = instrument.Tags(in keys, _registry.ConstantTags, out var neverFolded);
                var update = new SeriesUpdate(instrument.Definition, entry, tags, neverFolded, _collect);
                anyFolded |= update.FindSeriesFor(in keys);
                updates.Add(update);
            }
        }

        keys.Closed.CostSource = given;
        var closed = keys.Closed.Masked(plan.ClosedMask);
        var binding = new BoundFact(hash, closed, plan.KeysOf(in keys), [.. updates], _diagnostics)
        {
            Price = price,
            IsModelFolded = isModelFolded,
        };
        if (!anyFolded)
        {
            plan.Bindings.Add(binding);
        }

        return binding;
    }

    private void ForgetPrices() => _plans[(int)FactKind.LlmCall].Bindings.Clear();
}
