using System.Diagnostics;
using System.Runtime.CompilerServices;
using LlmMetrics.Budgets;
using LlmMetrics.Facts;
using LlmMetrics.Pricing;
using LlmMetrics.Profiles;
using LlmMetrics.Scopes;

namespace LlmMetrics.Collection;

/// <summary>Turns facts into updates of the series that the profiles bind them to.</summary>
internal sealed class Recorder
{
    private readonly KindPlan[] _plans;
    private readonly bool[] _isWanted;
    private readonly bool[] _hasSeen = new bool[Enum.GetValues<FactKind>().Length];
    private readonly InstrumentRegistry _registry;
    private readonly AdmissionGuard _admission;
    private readonly PlaceholderGuard _placeholders;
    private readonly SelfDiagnostics _diagnostics;
    private readonly TagEnricher[] _enrichers;
    private readonly ILlmCallObserver[] _observers;
    private readonly CallPricing _pricing;
    private readonly BudgetBook? _budgets;
    private readonly TimeProvider _time;
    private readonly bool _collect;
    private readonly bool _enabled;
    private readonly bool _isObserved;
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
        _budgets = setup.Budgets;
        _isObserved = _observers.Length > 0 || _budgets is not null;
        _plans = PlanBuilder.Build(setup.Profiles, setup.Options, _enrichers, FieldsOfMoney(setup));
        _isWanted = PlanBuilder.WantedKinds(_plans);
        _isWanted[(int)FactKind.LlmCall] |= _budgets is not null;
        PlanBuilder.CreateConstantInstruments(_plans, _registry);
        _pricing.OnChange(ForgetPrices);
        NoticeListeners();
    }

    /// <summary>Whether anything would come of a fact of this kind. Ask before filling one.</summary>
    public bool IsEnabled(FactKind kind) =>
        _enabled && (_collect || _isListenedTo || _isObserved) && _isWanted[(int)kind];

    /// <summary>Whether a profile asks for facts of this kind.</summary>
    public bool HasInstruments(FactKind kind) => _plans[(int)kind].Instruments.Length > 0;

    /// <summary>
    /// Whether a fact of this kind was ever recorded: where none was, its number is not zero but unknown.
    /// </summary>
    public bool HasSeen(FactKind kind) => Volatile.Read(ref _hasSeen[(int)kind]);

    /// <summary>What a value of a field counts as in all metrics.</summary>
    public string? Admit(FactField field, string value) => _admission.Admit(field, value);

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
            var keys = fact.KeyFields;
            ScopeFrame.Of(this)?.Fill(ref keys);
            if (_enrichers.Length > 0)
            {
                Enrich(kind, in fact, ref keys);
            }

            return Find(kind, in fact, in keys, fact.Closed, in fact.Figures);
        }
        catch (Exception exception)
        {
            _diagnostics.Failed(LossReason.Failure, exception);
            return null;
        }
    }

    private void RecordCore(FactKind kind, in FactData fact)
    {
        var isAttributed = kind is < FactKind.HttpServerCall or FactKind.ErrorEvent or FactKind.Session
            or FactKind.Revenue;
        var scope = isAttributed ? ScopeFrame.Of(this) : null;
        if (!_hasSeen[(int)kind])
        {
            Volatile.Write(ref _hasSeen[(int)kind], true);
        }

        if (scope is null && _enrichers.Length == 0)
        {
            RecordWith(kind, in fact, in fact.KeyFields);
        }
        else
        {
            RecordFilled(kind, in fact, scope);
        }
    }

    /// <summary>Apart from the rest, because a copy of the keys costs time even where it is not made.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RecordFilled(FactKind kind, in FactData fact, ScopeFrame? scope)
    {
        var keys = fact.KeyFields;
        scope?.Count(kind, keys[(int)FactField.Agent]);
        scope?.Fill(ref keys);
        if (_enrichers.Length > 0)
        {
            Enrich(kind, in fact, ref keys);
        }

        RecordWith(kind, in fact, in keys);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RecordWith(FactKind kind, in FactData fact, in FactData.Keys keys)
    {
        // Only the figures are copied, to add those that follow: they hold no references.
        var figures = fact.Figures;
        var closed = fact.Closed;
        figures.Set(FactValue.Count, 1L);
        if (kind != FactKind.LlmCall)
        {
            // A fact that has no outcome of its own (HTTP) is an error if it names one.
            var isError = closed.HasOutcome
                ? closed.Outcome == (int)LlmOutcome.Error
                : keys[(int)FactField.ErrorType] is not null;
            figures.SetOneIf(isError, FactValue.Errors);
            Find(kind, in fact, in keys, closed, in figures).Apply(in figures, ExemplarOf(in fact), fact.Span);
            return;
        }

        CallPricing.Complete(in fact, ref closed, ref figures);
        var binding = Find(kind, in fact, in keys, closed, in figures);

        // The price hangs on the real model, also where the guard has folded it.
        var price = binding.IsModelFolded ? _pricing.Find(in fact) : binding.Price;
        CallPricing.Price(in fact, price, _time, ref closed, ref figures);
        binding.Apply(in figures, ExemplarOf(in fact), fact.Span);
        if (_budgets is { } budgets && closed.Cache != (int)CacheResult.Hit)
        {
            // Of an answer from the app's own cache nothing is spent, however it is counted.
            Charge(budgets, binding, in keys, in figures);
        }

        if (_observers.Length > 0)
        {
            Tell(in fact, in keys, closed, in figures);
        }
    }

    private static void Charge(BudgetBook budgets, BoundFact binding, in FactData.Keys keys, in FactFigures figures)
    {
        if (binding.Budgets is { } accounts)
        {
            BudgetBook.Charge(accounts, in figures);
        }
        else
        {
            budgets.Charge(in keys, in figures);
        }
    }

    private static FactData With(
        in FactData fact, in FactData.Keys keys, ClosedFields closed, in FactFigures figures)
    {
        var whole = fact;
        whole.KeyFields = keys;
        whole.Closed = closed;
        whole.Figures = figures;
        return whole;
    }

    private void Enrich(FactKind kind, in FactData fact, ref FactData.Keys keys)
    {
        var seen = With(in fact, in keys, fact.Closed, in fact.Figures);
        if (kind == FactKind.LlmCall)
        {
            CallPricing.Complete(in fact, ref seen.Closed, ref seen.Figures);
        }

        for (var i = 0; i < _enrichers.Length; i++)
        {
            if (_enrichers[i].Concerns(kind))
            {
                keys[FactData.FirstEnriched + i] = Enriched(_enrichers[i], kind, in seen);
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Tell(in FactData fact, in FactData.Keys keys, ClosedFields closed, in FactFigures figures)
    {
        if (!Reentrancy.TryEnter())
        {
            _diagnostics.Dropped(LossReason.Reentrant);
            return;
        }

        var call = new LlmCall(With(in fact, in keys, closed, in figures));
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

    private BoundFact Find(
        FactKind kind, in FactData fact, in FactData.Keys keys, ClosedFields closed, in FactFigures figures)
    {
        var plan = _plans[(int)kind];
        return plan.Bindings.Find(in keys, closed, out _) ?? Resolve(plan, in fact, in keys, closed, in figures);
    }

    /// <summary>The slow path, on a copy of the fact: admits its keys, and binds them if need be.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BoundFact Resolve(
        KindPlan plan, in FactData fact, in FactData.Keys given, ClosedFields closed, in FactFigures figures)
    {
        var keys = With(in fact, in given, closed, in figures);
        _admission.Admit(ref keys, plan.Slots);
        if (plan.Bindings.Find(in keys.KeyFields, keys.Closed, out var hash) is { } admitted)
        {
            return admitted;
        }

        var isModelFolded = keys.Key(FactField.RequestModel) == MetricStorage.Folded
            || keys.Key(FactField.ResponseModel) == MetricStorage.Folded
            || keys.Key(FactField.Provider) == MetricStorage.Folded;
        var prices = _pricing.Catalogue;
        var price = plan.Kind == FactKind.LlmCall && !isModelFolded ? prices.Find(in keys) : null;
        var tagFields = keys.Closed;
        var isCacheHit = tagFields.Cache == (int)CacheResult.Hit;
        if (tagFields.CostSource == 0 && (isModelFolded || price is not null || isCacheHit))
        {
            tagFields.CostSource = (int)CostSource.Catalogue;
        }

        var binding = new BoundFact(plan, hash, in keys, EntriesOf(plan, in keys, tagFields), _registry, _diagnostics)
        {
            Price = price,
            IsModelFolded = isModelFolded,
            TagFields = tagFields,
            Budgets = plan.Kind == FactKind.LlmCall ? BudgetsOf(in given, in keys.KeyFields) : null,
        };
        if (!binding.FindSeriesFor(in keys.Figures))
        {
            plan.Bindings.Add(binding);
            if (prices != _pricing.Catalogue)
            {
                // Prices changed meanwhile, and what was just bound may have come after the others were forgotten.
                ForgetPrices();
            }
        }

        return binding;
    }

    /// <summary>The fields by which calls are priced and charged, whatever the profiles show of them.</summary>
    private static IReadOnlyCollection<FactField> FieldsOfMoney(RecorderSetup setup) =>
        [FactField.Provider, FactField.RequestModel, FactField.ResponseModel, FactField.Cache,
            .. setup.Budgets?.Fields ?? []];

    /// <summary>The accounts that all calls of a binding are charged to; null if each has its own.</summary>
    private BudgetAccount[]? BudgetsOf(in FactData.Keys given, in FactData.Keys admitted)
    {
        if (_budgets is null)
        {
            return null;
        }

        foreach (var field in _budgets.Fields)
        {
            if (given[(int)field] != admitted[(int)field] || given[(int)field] == MetricStorage.Folded)
            {
                return null;
            }
        }

        return _budgets.Find(in given);
    }

    private InstrumentEntry?[] EntriesOf(KindPlan plan, in FactData keys, ClosedFields tagFields)
    {
        var shown = keys;
        shown.Closed = tagFields;
        var entries = new InstrumentEntry?[plan.Instruments.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = plan.Instruments[i].Entry(in shown, _registry, _placeholders);
        }

        return plan.Share(entries);
    }

    private void ForgetPrices() => _plans[(int)FactKind.LlmCall].Bindings.Clear();
}
