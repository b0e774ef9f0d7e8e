using System.Globalization;

namespace LlmMetrics.Workload.Output;

/// <summary>An axis of a chart: its range, its scale and its marks.</summary>
internal sealed class ChartAxis
{
    private readonly double _from;
    private readonly double _to;

    private ChartAxis(string title, double from, double to, bool isLog, IReadOnlyList<double> marks)
    {
        Title = title;
        _from = from;
        _to = to;
        IsLog = isLog;
        Marks = marks;
    }

    public string Title { get; }

    public bool IsLog { get; }

    public IReadOnlyList<double> Marks { get; }

    /// <summary>From zero (or from a given start) to a round number above the largest value.</summary>
    public static ChartAxis Linear(string title, double from, double to, int marks = 6, bool isWhole = false)
    {
        var range = Math.Max(to - from, isWhole ? 1 : 1e-9);
        var raw = range / marks;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.First(s => s * magnitude >= raw * 0.999) * magnitude;
        step = isWhole ? Math.Max(1, Math.Ceiling(step)) : step;
        var end = Math.Ceiling((to / step) - 1e-9) * step;
        var first = Math.Floor((from / step) + 1e-9) * step;
        return new ChartAxis(title, first, Math.Max(end, first + step), isLog: false,
            [.. Enumerable.Range(0, (int)Math.Round((Math.Max(end, first + step) - first) / step) + 1)
                .Select(i => first + (i * step))]);
    }

    /// <summary>Marks exactly where they are given.</summary>
    public static ChartAxis Fixed(string title, params double[] marks) =>
        new(title, marks[0], marks[^1], isLog: false, marks);

    public static ChartAxis Log(string title, double from, double to)
    {
        var low = Math.Floor(Math.Log10(from) + 1e-9);
        var high = Math.Max(low + 1, Math.Ceiling(Math.Log10(to) - 1e-9));
        return new ChartAxis(title, Math.Pow(10, low), Math.Pow(10, high), isLog: true,
            [.. Enumerable.Range((int)low, (int)(high - low) + 1).Select(static e => Math.Pow(10, e))]);
    }

    /// <summary>Where a value lies, 0 to 1.</summary>
    public double Place(double value) => IsLog
        ? (Math.Log10(Math.Clamp(value, _from, _to)) - Math.Log10(_from)) / (Math.Log10(_to) - Math.Log10(_from))
        : (Math.Clamp(value, _from, _to) - _from) / (_to - _from);

    public static string Text(double mark) => Math.Abs(mark) switch
    {
        0 => "0",
        >= 1e6 => (mark / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M",
        >= 1e4 => (mark / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + " k",
        _ => mark.ToString("#,0.####", CultureInfo.InvariantCulture),
    };
}
