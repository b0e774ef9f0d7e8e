using System.Globalization;
using LlmMetrics.Workload.Costs;
using LlmMetrics.Workload.Measurements;
using LlmMetrics.Workload.Simulation;

namespace LlmMetrics.Workload.Planning;

/// <summary>Makes a plan step by step.</summary>
internal sealed class PlanBuilder
{
    private const double FewHours = 2;

    private readonly WorkloadMeasurement _measured;
    private readonly WorkloadOptions _options;
    private readonly IProgress<double>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly UserDay _day;
    private readonly double _dispersion;
    private readonly Serving _serving;
    private readonly ServingSummary _summary;
    private readonly string? _unreachable;
    private readonly List<string> _notes = [];
    private double _done;

    public PlanBuilder(
        WorkloadMeasurement measured, WorkloadOptions options, IProgress<double>? progress,
            CancellationToken cancellation)
    {
        _measured = measured;
        _options = options;
        _progress = progress;
        _cancellation = cancellation;
        _day = UserDay.Of(measured);
        _dispersion = Math.Max(1, measured.Dispersion ?? options.Dispersion);
        var load = LoadOf(measured, options, _dispersion);
        _serving = Serving.Of(options, measured, load);
        _summary = _serving.Summary();
        _unreachable = _serving.Unreachable ?? TooSlow();
    }

    public WorkloadPlan Build()
    {
        var factor = LoadUncertainty.PeakFactor(_day, _dispersion, _serving.Load, _options.Seed);
        var planner = new UserPlanner(_options, _day, _serving, factor, _unreachable is not null, _cancellation);
        var users = _options.Users.Distinct().Order().ToList();
        var steps = (users.Count * 3) + 2.0;
        var plans = new List<UserPlan>();
        foreach (var count in users)
        {
            plans.Add(planner.Plan(count));
            Report(3 / steps);
        }

        var sensitivity = new SensitivityTable(planner, _serving).For(users[^1], plans[^1].Replicas);
        Report(1 / steps);
        var prices = ProviderPrices.For(_options, _day, _serving.Load);
        var owning = new OwningCost(_options, planner);
        var curve = _unreachable is null ? owning.Curve(users) : [];
        var providers = prices.Select(price => price with
        {
            CrossingUsers = _unreachable is null ? owning.Crossing(price.UsdPerUserMonth, curve) : null,
        }).ToList();
        AddNotes();
        _progress?.Report(1);
        return new WorkloadPlan
        {
            Measurement = _measured,
            Options = _options,
            User = Figures(factor),
            Serving = _summary,
            Unreachable = _unreachable ?? (plans.Exists(static plan => plan.Gpus is null)
                ? "unreachable with this GPU and model: no number of GPUs meets the target for every number of users"
                : null),
            Users = plans,
            Sensitivity = sensitivity,
            Providers = providers,
            CostCurve = curve,
            Notes = _notes,
        };
    }

    private static Load LoadOf(WorkloadMeasurement measured, WorkloadOptions options, double dispersion)
    {
        // The index of dispersion of geometric bursts with mean m is 2m - 1.
        var burst = (dispersion + 1) / 2;
        return new Load(
            Lengths(measured.InputLengths, measured.InputTokens / measured.Requests, options.LengthVariation),
            Lengths(measured.OutputLengths, measured.OutputTokens / measured.Requests, options.LengthVariation),
            burst,
            (measured.MeanResponseMs ?? 1000) / 1000);
    }

    private static LengthTable Lengths(TokenHistogram? histogram, double mean, double variation) =>
        histogram is { Count: > 0, Sum: > 0 }
            ? LengthTable.From(histogram).WithMean(mean)
            : LengthTable.LogNormal(mean, variation);

    private string? TooSlow() => _summary.AloneP95Ms > _options.TargetP95Ms
        ? string.Create(CultureInfo.InvariantCulture,
            $"unreachable with this GPU and model: 5 % of the answers take over {_summary.AloneP95Ms:0} ms on a "
                + $"{_summary.Gpu.Name} that does nothing else (target: P95 of {_options.TargetP95Ms:0} ms). Take a "
                + $"faster GPU, a smaller model or fewer bits (--gpu, --model, --quantisation), or raise "
                        + $"--target-p95-ms")
        : null;

    private void Report(double share)
    {
        _done += share;
        _progress?.Report(Math.Min(1, _done));
    }

    private UserFigures Figures(ConfidenceInterval factor)
    {
        var seen = _day.ObservedRequests;
        var requests = LoadUncertainty.Poisson(seen, _dispersion);
        return new UserFigures
        {
            Messages = _day.Messages,
            Requests = _day.Requests,
            RequestsInterval = new ConfidenceInterval(
                requests.Low / seen * _day.Requests, requests.High / seen * _day.Requests),
            InputTokens = _day.InputTokens,
            OutputTokens = _day.OutputTokens,
            OutputTokensInterval = LoadUncertainty.Tokens(
                _day.OutputTokens, seen, _dispersion, _serving.Load.Output.Variation),
            PeakHour = _day.PeakHour,
            PeakShare = _day.PeakShare,
            HourShares = _day.HourShares,
            IsPatternMeasured = _day.IsPatternMeasured,
            LoadFactor = factor,
            Dispersion = _dispersion,
        };
    }

    private void AddNotes()
    {
        if (_measured.Hours < FewHours)
        {
            _notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"Warning: {_measured.Hours:0.##} hours are too short a test to stand for a day; measure 2 to 4 "
                    + $"hours, better 24."));
        }

        if (_measured.Hours < 24 && !_day.IsPatternMeasured)
        {
            _notes.Add(FormattableString.Invariant(
                $"The measurement of {_measured.Hours:0.##} hours is taken as the busiest hours of the day."));
        }

        if (!_day.IsPatternMeasured)
        {
            _notes.Add("The data do not say when requests came: the daily profile of docs/planner.md is used (9 to 12 "
                + "and 14 to 18 active, 12 to 14 little, 18 to 22 light, otherwise idle).");
        }

        if (_measured.OutputLengths is null)
        {
            _notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"How unequal the requests are was not measured: tokens per request are taken as log-normal with a "
                    + $"coefficient of variation of {_options.LengthVariation:0.##} (--length-variation). The P95 "
                    + $"depends on it; see the sensitivity table."));
        }

        if (_measured.MeasuredUsers == 1)
        {
            _notes.Add("One user was measured. The intervals say what that day can tell; how much users differ, no "
                + "single user can say. All users are taken to be like this one and to be busy in the same hours.");
        }

        _notes.AddRange(_serving.Notes);
    }
}
