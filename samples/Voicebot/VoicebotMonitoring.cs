using LlmMetrics;
using LlmMetrics.Monitoring;

namespace Voicebot;

/// <summary>The dashboard "Voicebot ROI", its alert, and the stack of this system's document.</summary>
public static class VoicebotMonitoring
{
    private const string Calls = "$(voicebot.calls)";
    private const string Requests = "$(voicebot.elevenlabs.requests)";
    private const string Characters = "$(voicebot.elevenlabs.characters)";
    private const string Audio = "$(voicebot.deepgram.audio)";
    private const string Input = "$(voicebot.groq.tokens.input)";
    private const string Output = "$(voicebot.groq.tokens.output)";

    /// <summary>The definition that <c>llm-metrics monitoring init</c> takes.</summary>
    public static MonitoringDefinition Definition { get; } = new(VoicebotProfile.Prefix, "voicebot")
    {
        Profiles = [VoicebotProfile.Create()],
        AppMetrics =
        [
            new("voicebot.calls", MetricKind.Counter, "{call}", "status", "problem_type"),
            new("voicebot.call.duration", MetricKind.Histogram, "s"),
            new("voicebot.client.sentiment", MetricKind.Counter, "{call}", "sentiment"),
            new("voicebot.tickets.created", MetricKind.Counter, "{ticket}", "severity", "tag"),
        ],
        Dashboards =
        [
            new("voicebot-roi", "Voicebot ROI", "What calls cost, how they end, and how fast the parts are.",
                Cost(), Business(), Performance())
            {
                Tags = ["llm-metrics", "voicebot"],
            },
        ],
        RuleGroups = [new("voicebot", Recordings(), Alerts())],
        Stack = new StackSettings
        {
            Target = "voicebot-app:9091", AppService = "voicebot-app", AppPorts = [9090, 9091], PrometheusPort = 9092,
        },
    };

    private static DashboardRow Cost() => new(
        "Cost",
        new Panel(
            PanelKind.Stat, "Cost today", "All three providers since midnight, by their list prices.", "currencyUSD",
            new PanelQuery(
                $"""
                sum(increase({Characters}[$__range])) * 0.00011
                + sum(increase({Audio}[$__range])) * 0.0043 / 60
                + (sum(increase({Input}[$__range])) + sum(increase({Output}[$__range]))) * 0.00000059
                """,
                IsInstant: true))
        {
            Decimals = 2, TimeFrom = "now/d",
        },
        new Panel(
            PanelKind.Stat, "Cost per call", "All three providers over all calls, since the process started.",
            "currencyUSD",
            new PanelQuery(
                $"""
                (
                  sum({Characters}) * 0.00011
                  + sum({Audio}) * 0.0043 / 60
                  + (sum({Input}) + sum({Output})) * 0.00000059
                ) / sum({Calls})
                """))
        {
            Decimals = 4,
        },
        Savings(),
        new Panel(
            PanelKind.Gauge, "Cache hit", "Phrases that the cache had, since the process started.", "percent",
            new PanelQuery(
                $$"""
                (
                  sum({{Requests}}{type="cache_hit"}) /
                  (sum({{Requests}}{type="cache_hit"}) + sum({{Requests}}{type="api_call"}))
                ) * 100
                """))
        {
            Min = 0, Max = 100, Decimals = 1,
            Thresholds = PanelThreshold.Steps("red", (30, "yellow"), (50, "green")),
        });

    private static Panel Savings() => new(
        PanelKind.Stat, "Savings by TTS cache",
        "An estimate: phrases from the cache today, times the mean length of those paid, times the price.",
        "currencyUSD",
        new PanelQuery(
            $$"""
            sum(increase({{Requests}}{type="cache_hit"}[$__range]))
            * sum(increase({{Characters}}[$__range]))
            / sum(increase({{Requests}}{type="api_call"}[$__range]))
            * 0.00011
            """,
            "saved", IsInstant: true),
        new PanelQuery(
            $$"""
            100 * sum(increase({{Requests}}{type="cache_hit"}[$__range])) / sum(increase({{Requests}}[$__range]))
            """,
            "of the cost without it", IsInstant: true) { Unit = "percent" })
    {
        Decimals = 2, TimeFrom = "now/d",
    };

    private static DashboardRow Business() => new(
        "Business",
        new Panel(
            PanelKind.Stat, "Calls handled", "In the time shown.", "short",
            new PanelQuery($"sum(increase({Calls}[$__range]))", IsInstant: true))
        {
            Decimals = 0,
        },
        new Panel(
            PanelKind.Stat, "Resolution rate", "Calls that ended without a human.", "percent",
            new PanelQuery(
                $$"""
                (
                  sum({{Calls}}{status="completed"}) /
                  sum({{Calls}})
                ) * 100
                """))
        {
            Decimals = 1, Thresholds = PanelThreshold.Steps("red", (60, "yellow"), (80, "green")),
        },
        new Panel(
            PanelKind.Stat, "Average duration", "Mean length of the calls of the time shown.", "s",
            new PanelQuery(
                """
                sum(increase($(voicebot.call.duration)_sum[$__range]))
                /
                sum(increase($(voicebot.call.duration)_count[$__range]))
                """,
                IsInstant: true))
        {
            Decimals = 1,
        },
        new Panel(
            PanelKind.Stat, "Calls in progress", "Green to 5, yellow to 10, then red.", "short",
            new PanelQuery("sum($(voicebot.active_calls))"))
        {
            Decimals = 0, Thresholds = PanelThreshold.Steps("green", (5, "yellow"), (10, "red")),
        },
        new Panel(
            PanelKind.PieChart, "Client sentiment distribution", "As callers told it, in the time shown.", "short",
            new PanelQuery(
                "sum by (sentiment) (increase($(voicebot.client.sentiment)[$__range]))", "{{sentiment}}",
                IsInstant: true))
        {
            Colours = new Dictionary<string, string>
            {
                ["positive"] = "green", ["neutral"] = "yellow", ["negative"] = "red",
            },
        },
        new Panel(
            PanelKind.PieChart, "Problem distribution", "What callers called about, in the time shown.", "short",
            new PanelQuery(
                $"sum by (problem_type) (increase({Calls}[$__range]))", "{{problem_type}}", IsInstant: true)));

    private static DashboardRow Performance() => new(
        "Performance",
        new Panel(
            PanelKind.TimeSeries, "Calls per hour", "At the present rate, by how they ended.", "short",
            new PanelQuery($"sum by (status) (rate({Calls}[$__rate_interval])) * 3600", "{{status}}"))
        {
            Min = 0,
        },
        Latency("STT latency", "Transcription by Deepgram.", "$(voicebot.stt.response)"),
        Latency("LLM latency", "Answer of Groq.", "$(voicebot.llm.response)"),
        new Panel(
            PanelKind.TimeSeries, "TTS latency", "Speech, from the cache and by ElevenLabs: 95 of 100 within it.", "s",
            new PanelQuery(
                """
                histogram_quantile(0.95, sum by (le, source) (
                  rate($(voicebot.tts.response)_bucket[$__rate_interval])
                ))
                """,
                "{{source}} p95"))
        {
            Min = 0,
        });

    private static Panel Latency(string title, string description, string histogram) => new(
        PanelKind.TimeSeries, title, description, "s",
        new PanelQuery($"histogram_quantile(0.5, sum by (le) (rate({histogram}_bucket[$__rate_interval])))", "p50"),
        new PanelQuery($"histogram_quantile(0.95, sum by (le) (rate({histogram}_bucket[$__rate_interval])))", "p95"))
    {
        Min = 0,
    };

    private static RecordingRule[] Recordings() =>
    [
        new("job_status:voicebot_calls:rate1h", $"sum by (job, status) (rate({Calls}[1h]))"),
    ];

    private static AlertRule[] Alerts() =>
    [
        new(
            "TooManyActiveCalls", "$(voicebot.active_calls) > 10", TimeSpan.FromMinutes(5), "warning",
            "More than 10 calls at a time", "{{ $value }} calls are going on at {{ $labels.instance }}."),
    ];
}
