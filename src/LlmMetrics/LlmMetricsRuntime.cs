using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using LlmMetrics.Budgets;
using LlmMetrics.Business;
using LlmMetrics.Collection;
using LlmMetrics.Configuration;
using LlmMetrics.Export;
using LlmMetrics.Facts;
using LlmMetrics.Measuring;
using LlmMetrics.Pricing;
using LlmMetrics.Scopes;

namespace LlmMetrics;

/// <summary>
/// The running library: records facts, opens scopes, gives snapshots, exports. A host gets it injected after
/// <c>AddLlmMetrics()</c>; without a host, <see cref="Create"/> makes one.
/// </summary>
/// <remarks>Thread-safe. Nothing that records ever throws into the app.</remarks>
public sealed partial class LlmMetricsRuntime : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan _listenerPoll = TimeSpan.FromMilliseconds(250);

    private readonly Meter _meter;
    private readonly ForeignMeters _foreign;
    private readonly ActiveUsers _users;
    private readonly Collector _collector;
    private readonly ExportPipeline _exports;
    private readonly ITimer? _listenerPolling;
    private readonly PriceReloader? _prices;
    private readonly long _started;
    private int _isStarted;
    private int _isDisposed;

    internal LlmMetricsRuntime(RuntimeParts parts)
    {
        Options = parts.Options;
        Resource = parts.Resource;
        Time = parts.Time;
        Logger = parts.Logger;
        _started = Time.GetTimestamp();
        _meter = parts.MeterFactory.Create(
            new MeterOptions(LlmMetricsNames.Meter) { Version = LlmMetricsNames.Version });
        Activities = new ActivitySource(LlmMetricsNames.ActivitySource, LlmMetricsNames.Version);
        Diagnostics = new SelfDiagnostics(parts.Logger, Time);
        Pricing = new CallPricing(parts.Prices.Given);
        Estimator = parts.Estimator;
        _budgets = Options.Enabled && Options.Budgets.Count > 0
            ? new BudgetBook(Options, parts.BudgetObservers, Time, Diagnostics, Logger)
            : null;
        var registry = new InstrumentRegistry(_meter, Options, Diagnostics, Time)
        {
            Refresh = RefreshLiveValues,
            RefreshDrivers = RefreshPools,
        };
        Recorder = new Recorder(new RecorderSetup(registry, Options, Diagnostics, Time, Pricing)
        {
            Profiles = parts.Profiles,
            Enrichers = parts.Enrichers,
            Observers = parts.Observers,
            Budgets = _budgets,
        });
        Diagnostics.Attach(Recorder);
        Runs = new RunBindings(Recorder);
        _prices = Options.Enabled
            ? new PriceReloader(parts.Prices, Options.Prices, Pricing, Diagnostics, parts.Logger, Time)
            : null;
        _budgets?.Start(Recorder);
        _foreign = new ForeignMeters(registry, Recorder, Options, parts.MeterFactory, Diagnostics);
        _collector = new Collector(registry, _foreign, Resource, Options, Time, parts.Logger);
        Registry = registry;
        Profiles = parts.Profiles;
        _users = new ActiveUsers(Options.ActiveUsers, Time, Diagnostics);
        Business = new BusinessMetrics(this, _users, new BusinessContext(
            Options.Prefix ?? parts.Profiles.Select(static profile => profile.Prefix).OfType<string>().FirstOrDefault(),
            registry, new TagFilter(Options), Diagnostics, Options));
        _exports = new ExportPipeline(
            [.. (Options.Enabled ? parts.Exporters : []).Select(exporter => new ExporterWorker(
                exporter.Name, exporter.Exporter, exporter.Schedule, Time, Diagnostics))],
            _collector, Time, Options.ShutdownTimeout, Diagnostics);
        _listenerPolling = Options.Collect || !Options.Enabled
            ? null
            : Time.CreateTimer(_ => Recorder.NoticeListeners(), null, _listenerPoll, _listenerPoll);
        LiveRuntimes.Add(this);
    }

    /// <summary>Who measures: service name, version, instance.</summary>
    public MetricsResource Resource { get; }

    /// <summary>The profiles in use.</summary>
    public IReadOnlyList<MetricProfile> Profiles { get; }

    /// <summary>Metrics that the app defines itself.</summary>
    public BusinessMetrics Business { get; }

    internal LlmMetricsOptions Options { get; }

    internal InstrumentRegistry Registry { get; }

    internal Recorder Recorder { get; }

    internal RunBindings Runs { get; }

    internal CallPricing Pricing { get; }

    /// <summary>Estimates tokens that nobody told; null unless the app asks for that.</summary>
    internal ITokenEstimator? Estimator { get; }

    internal SelfDiagnostics Diagnostics { get; }

    internal TimeProvider Time { get; }

    internal Microsoft.Extensions.Logging.ILogger Logger { get; }

    internal ActivitySource Activities { get; }

    /// <summary>Whether anything would come of measuring a call on a model.</summary>
    internal bool MeasuresCalls =>
        Options.Enabled && (Recorder.IsEnabled(FactKind.LlmCall) || Activities.HasListeners());

    /// <summary>Whether anything would come of a fact of this kind. Ask before filling one.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether it is worth filling.</returns>
    public bool IsEnabled(FactKind kind) => Recorder.IsEnabled(kind);

    /// <summary>
    /// Records a call on a language model: what the handler does for calls over HTTP, for all others. The cost is
    /// computed from the price catalogue unless it is given.
    /// </summary>
    /// <param name="llmCall">The call.</param>
    public void Record(in LlmCall llmCall) => Recorder.Record(FactKind.LlmCall, in LlmCall.Data(in llmCall));

    /// <summary>Records a run of an agent.</summary>
    /// <param name="run">The run.</param>
    public void Record(in AgentRun run) => Recorder.Record(FactKind.AgentRun, in AgentRun.Data(in run));

    /// <summary>Records a run of a tool.</summary>
    /// <param name="run">The run.</param>
    public void Record(in ToolRun run) => Recorder.Record(FactKind.ToolRun, in ToolRun.Data(in run));

    /// <summary>Records a run of a workflow.</summary>
    /// <param name="run">The run.</param>
    public void Record(in WorkflowRun run) => Recorder.Record(FactKind.WorkflowRun, in WorkflowRun.Data(in run));

    /// <summary>Records a run of a function that is neither agent, workflow nor tool.</summary>
    /// <param name="run">The run.</param>
    public void Record(in FunctionRun run) => Recorder.Record(FactKind.FunctionRun, in FunctionRun.Data(in run));

    /// <summary>Records an HTTP request that the app answered and the framework did not measure.</summary>
    /// <param name="httpCall">The request.</param>
    public void Record(in HttpServerCall httpCall) =>
        Recorder.Record(FactKind.HttpServerCall, in HttpServerCall.Data(in httpCall));

    /// <summary>Records an HTTP request that the app made and the framework did not measure.</summary>
    /// <param name="httpCall">The request.</param>
    public void Record(in HttpClientCall httpCall) =>
        Recorder.Record(FactKind.HttpClientCall, in HttpClientCall.Data(in httpCall));

    /// <summary>Records a database command.</summary>
    /// <param name="dbCall">The command.</param>
    public void Record(in DbCall dbCall) => Recorder.Record(FactKind.DbCall, in DbCall.Data(in dbCall));

    /// <summary>Records an error that the app met.</summary>
    /// <param name="error">The error.</param>
    public void Record(in ErrorEvent error) => Recorder.Record(FactKind.ErrorEvent, in ErrorEvent.Data(in error));

    /// <summary>
    /// Opens a scope: what happens in it, across <c>await</c> too, is attributed to what it names. Scopes nest; what an
    /// inner one does not name it inherits.
    /// </summary>
    /// <param name="feature">Feature of the app.</param>
    /// <param name="task">Task within the feature.</param>
    /// <param name="agent">Agent.</param>
    /// <param name="workflow">Workflow.</param>
    /// <param name="tenant">Tenant.</param>
    /// <returns>The scope; dispose it to leave it.</returns>
    /// <remarks>All values become tags and are bounded by the cardinality guard. Name no persons.</remarks>
    public MetricsScope BeginScope(
        string? feature = null, string? task = null, string? agent = null, string? workflow = null,
        string? tenant = null)
    {
        var outer = ScopeFrame.Of(Recorder);
        var frame = new ScopeFrame
        {
            Runtime = this,
            Outer = ScopeFrame.Current,
            Call = outer?.Call,
            Feature = feature ?? outer?.Feature,
            Task = task ?? outer?.Task,
            Agent = agent ?? outer?.Agent,
            Workflow = workflow ?? outer?.Workflow,
            Tenant = tenant ?? outer?.Tenant,
            AgentFrame = outer?.AgentFrame,
        };
        ScopeFrame.Current = frame;
        return new MetricsScope(frame);
    }

    /// <summary>
    /// Reads all metrics into pooled buffers and leases them to the caller, who disposes the snapshot. Callers who
    /// ask at the same time share one collection.
    /// </summary>
    /// <returns>The leased snapshot.</returns>
    public MetricsSnapshot LeaseSnapshot() => _collector.Lease();

    /// <summary>
    /// The same in a lease that has ended, so that who reads at intervals allocates nothing. What was read from it
    /// before is no longer valid.
    /// </summary>
    /// <param name="ended">
    /// A lease that the caller has disposed and that nobody else holds; <see langword="null"/> for a new one.
    /// </param>
    /// <returns>The leased snapshot.</returns>
    /// <exception cref="InvalidOperationException">The lease has not ended.</exception>
    public MetricsSnapshot LeaseSnapshot(MetricsSnapshot? ended) =>
        ended is { HasEnded: false }
            ? throw new InvalidOperationException("Only a lease that has ended can be used again.")
            : _collector.Lease(ended);

    /// <summary>Reads all metrics into a snapshot of the caller's own, which need not be disposed.</summary>
    /// <returns>The snapshot.</returns>
    public MetricsSnapshot GetSnapshot()
    {
        using var lease = _collector.Lease();
        return lease.Detach();
    }

    /// <summary>Exports now, to all exporters at once.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether every exporter succeeded. A failing exporter does not throw.</returns>
    public Task<bool> ExportAsync(CancellationToken cancellationToken = default) =>
        _exports.ExportAllAsync(cancellationToken);

    /// <summary>Counts what an adapter had to give up, under <c>llmmetrics.dropped</c>. The adapter logs it.</summary>
    /// <param name="reason">Why: a constant.</param>
    /// <param name="count">How many.</param>
    public void ReportDropped(string reason, long count = 1) => Diagnostics.Count(reason, count);

    /// <summary>Stops the exporters after a last export, within the shutdown timeout.</summary>
    /// <returns>A task that ends when all is exported.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        LiveRuntimes.Remove(this);
        // At once, so that the shutdown timeout holds for both together.
        await Task.WhenAll(StopHostedAsync(), _exports.DisposeAsync().AsTask()).ConfigureAwait(false);
        if (_listenerPolling is not null)
        {
            await _listenerPolling.DisposeAsync().ConfigureAwait(false);
        }

        _prices?.Dispose();
        _budgets?.Dispose();
        _pools?.Dispose();
        _foreign.Dispose();
        _collector.Dispose();
        Activities.Dispose();
        _meter.Dispose();
        await DisposeOwnServicesAsync().ConfigureAwait(false);
    }

    /// <summary>The same as <see cref="DisposeAsync"/>, and waits for it.</summary>
    public void Dispose() => Task.Run(async () => await DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();

    /// <summary>Starts listening to the framework's meters, and the exporters' schedules.</summary>
    internal void Start()
    {
        if (Interlocked.Exchange(ref _isStarted, 1) != 0 || !Options.Enabled)
        {
            return;
        }

        _foreign.Start();
        _exports.Start();
        _prices?.Start();
    }

    /// <summary>Exports a last time while the rest of the host is still there.</summary>
    internal async ValueTask FlushAsync()
    {
        await _exports.DisposeAsync().ConfigureAwait(false);
        _budgets?.Save();
    }

    private void RefreshLiveValues()
    {
        try
        {
            RefreshAll();
        }
        catch (Exception exception)
        {
            // A collection must not fail over it, nor an observable instrument's callback in somebody else's.
            Diagnostics.Failed(LossReason.Failure, exception);
        }
    }

    private void RefreshAll()
    {
        Registry.PublishPresets();
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.AppVersion] = Resource.ServiceVersion;
        fact.KeyFields[(int)FactField.AppRuntime] = RuntimeInformation.FrameworkDescription;
        fact.Set(FactValue.Uptime, Time.GetElapsedTime(_started));
        fact.Set(FactValue.Info, (long?)1L);
        fact.Set(FactValue.Series, (long?)Registry.SeriesCount);
        fact.Set(FactValue.ActiveUsers, _users.Count);
        fact.Set(FactValue.PriceFilesRefused, (long?)_prices?.RefusedFiles);
        Recorder.Record(FactKind.App, in fact);
        RefreshPriceAges();
        _budgets?.Refresh(Recorder);
    }

    private void RefreshPriceAges()
    {
        foreach (var (source, date) in _prices is { } prices ? prices.Dates : [])
        {
            var fact = default(FactData);
            fact.KeyFields[(int)FactField.Name] = source;
            fact.Set(
                FactValue.PriceDataAge,
                (Time.GetUtcNow() - new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero)).TotalSeconds);
            Recorder.Record(FactKind.App, in fact);
        }
    }
}
