using System.Threading.Channels;
using LlmMetrics.Collection;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Pricing;

/// <summary>
/// Keeps the catalogue in step with price files and configuration, off the app's threads: whoever records a call sees
/// either the old or the new catalogue, and never waits.
/// </summary>
internal sealed class PriceReloader : IDisposable
{
    private static readonly TimeSpan _settle = TimeSpan.FromMilliseconds(250);
    private const int MaxSettling = 8;

    private readonly PriceSetup _setup;
    private readonly CallPricing _pricing;
    private readonly SelfDiagnostics _diagnostics;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly FolderWatch? _watch;
    private readonly IDisposable? _subscription;
    private PriceOptions _options;
    private PriceFileSource[] _files;
    private (string Source, DateOnly Date)[] _dates = [];
    private Func<PriceOptions>? _changedOptions;
    private ITimer? _polling;
    private string _dangling = "";

    public PriceReloader(
        PriceSetup setup, PriceOptions options, CallPricing pricing, SelfDiagnostics diagnostics, ILogger logger,
        TimeProvider time)
    {
        (_setup, _options, _pricing, _diagnostics) = (setup, options, pricing, diagnostics);
        (_logger, _time) = (logger, time);
        _files = Sources(options, known: []);
        foreach (var file in _files)
        {
            file.Refresh(isSettled: true);
        }

        Apply(Compose());
        _watch = setup.Watch ? new FolderWatch(() => Signal(isNotified: true), logger) : null;
        _subscription = setup.OnOptionsChange?.Invoke(OnOptionsChange);
    }

    /// <summary>How many files have a version on the disk that is not in use; null without files.</summary>
    public int? RefusedFiles => Volatile.Read(ref _files) is { Length: > 0 } files
        ? files.Count(static file => file.IsRefused)
        : null;

    /// <summary>Where the prices in use come from, and the day that they are of, where it is known.</summary>
    public ReadOnlySpan<(string Source, DateOnly Date)> Dates => Volatile.Read(ref _dates);

    /// <summary>Begins to look for changes.</summary>
    public void Start()
    {
        Schedule();
        _ = Task.Run(RunAsync);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _polling?.Dispose();
        _subscription?.Dispose();
        _watch?.Dispose();
    }

    private void Signal(bool isNotified) => _signals.Writer.TryWrite(isNotified);

    private void OnOptionsChange(Func<PriceOptions> read)
    {
        Volatile.Write(ref _changedOptions, read);
        Signal(isNotified: true);
    }

    private void Schedule()
    {
        _polling?.Dispose();
        _polling = _options.ReloadInterval is { } interval && _files.Length > 0
            ? _time.CreateTimer(
                static state => ((PriceReloader)state!).Signal(isNotified: false), this, interval, interval)
            : null;
        _watch?.Watch(_polling is null ? [] : _files.Select(static file => Path.GetDirectoryName(file.Path)!));
    }

    private async Task RunAsync()
    {
        try
        {
            // The first call must not wait for what its look-up would build.
            _pricing.Catalogue.Warm();
            while (await _signals.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
            {
                _signals.Reader.TryRead(out _);
                try
                {
                    await LookAsync().ConfigureAwait(false);

                    // A folder in which much is written must not keep a processor busy.
                    await Task.Delay(_settle, _time, _stop.Token).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // Prices stay as they are; the next change is looked at again.
                    _diagnostics.Failed(LossReason.Failure, exception);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The runtime was disposed.
        }
        catch (Exception exception)
        {
            // Prices stay as they are.
            _diagnostics.Failed(LossReason.Failure, exception);
        }
    }

    private async Task LookAsync()
    {
        var isChanged = TakeOptions();
        if (_options.ReloadInterval is not null && Array.Exists(_files, static file => file.MayHaveChanged()))
        {
            await SettleAsync().ConfigureAwait(false);
            isChanged |= Refresh(isSettled: false);
            if (Array.Exists(_files, static file => file.MayHaveChanged()))
            {
                // It is broken, or gone: perhaps because somebody writes it bit by bit.
                await Task.Delay(2 * _settle, _time, _stop.Token).ConfigureAwait(false);
                isChanged |= Refresh(isSettled: true);
            }

            _watch?.Repair();
        }

        if (isChanged)
        {
            var prices = Compose();
            prices.Warm();
            Apply(prices);
        }
    }

    /// <summary>Waits until nothing has changed for a moment, but no longer than two seconds.</summary>
    private async Task SettleAsync()
    {
        for (var i = 0; i < MaxSettling; i++)
        {
            await Task.Delay(_settle, _time, _stop.Token).ConfigureAwait(false);
            if (!_signals.Reader.TryRead(out var isNotified) || !isNotified)
            {
                return;
            }
        }
    }

    private bool Refresh(bool isSettled)
    {
        var isChanged = false;
        foreach (var file in _files)
        {
            isChanged |= file.Refresh(isSettled);
        }

        return isChanged;
    }

    private bool TakeOptions()
    {
        if (Interlocked.Exchange(ref _changedOptions, null) is not { } read)
        {
            return false;
        }

        try
        {
            _options = read();
        }
        catch (Exception exception)
        {
            // Options that are wrong, or a source that fails: the last good ones hold.
            SelfDiagnostics.Say(() => Log.ConfigurationRefused(_logger, exception.Message.TrimEnd('.')));
            return false;
        }

        var files = Sources(_options, _files);
        foreach (var file in files.Except(_files))
        {
            file.Refresh(isSettled: true);
        }

        Volatile.Write(ref _files, files);
        Schedule();
        return true;
    }

    private PriceFileSource[] Sources(PriceOptions options, PriceFileSource[] known) =>
    [
        .. options.Files
            .Select(file => Path.GetFullPath(file, Path.GetFullPath(_setup.Folder)))
            .Distinct(StringComparer.Ordinal)
            .Select(path => known.FirstOrDefault(source => source.Path == path)
                ?? new PriceFileSource(path, _diagnostics, _logger, _time)),
    ];

    private PriceCatalogue Compose() => PriceLayers.Compose(
        _setup.Given, _files.Select(static file => file.Prices).OfType<PriceCatalogue>(), _options);

    private void Apply(PriceCatalogue prices)
    {
        _pricing.Catalogue = prices;
        Volatile.Write(ref _dates, [.. DatesOf(_setup.Given, _options, _files)]);
        var dangling = string.Join(", ", prices.Index.DanglingAliases()
            .Select(static alias => $"'{alias.Alias}' of '{alias.Provider}' for '{alias.Model}' ({alias.Place})"));
        if (dangling != _dangling && dangling.Length > 0)
        {
            SelfDiagnostics.Say(() => Log.DanglingAliases(_logger, dangling));
        }

        _dangling = dangling;
    }

    private static IEnumerable<(string Source, DateOnly Date)> DatesOf(
        PriceCatalogue given, PriceOptions options, IEnumerable<PriceFileSource> files)
    {
        var isEmbedded = given == PriceCatalogue.Embedded;
        if (given.DataDate is { } day && (!isEmbedded || options.UseEmbedded))
        {
            yield return (isEmbedded ? "embedded" : "code", day);
        }

        foreach (var file in files)
        {
            if (file.Prices?.DataDate is { } date)
            {
                yield return (file.Name, date);
            }
        }
    }
}
