using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LlmMetrics.Workload.Output;

/// <summary>Writes a plan as JSON; docs/planner.md describes it. Numbers that do not exist are null.</summary>
internal static class PlanJson
{
    public const int SchemaVersion = 1;

    public static string Write(WorkloadPlan plan)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema_version", SchemaVersion);
            json.WriteString("generated_at", plan.Options.Date == default
                ? null
                : plan.Options.Date.ToString("O", CultureInfo.InvariantCulture));
            json.WriteNumber("seed", plan.Options.Seed);
            json.WriteNumber("target_p95_ms", plan.Options.TargetP95Ms);
            json.WriteString("unreachable", plan.Unreachable);
            Measurement(json, plan);
            User(json, plan.User);
            Hardware(json, plan);
            json.WriteStartArray("plans");
            foreach (var user in plan.Users)
            {
                Plan(json, user);
            }

            json.WriteEndArray();
            Sensitivity(json, plan);
            Costs(json, plan);
            json.WriteStartArray("notes");
            foreach (var note in plan.Notes)
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Measurement(Utf8JsonWriter json, WorkloadPlan plan)
    {
        var measured = plan.Measurement;
        json.WriteStartObject("measurement");
        json.WriteString("source", measured.Source);
        Number(json, "hours", measured.Hours);
        json.WriteNumber("measured_users", measured.MeasuredUsers);
        Number(json, "messages", measured.Messages);
        Number(json, "llm_requests", measured.Requests);
        Number(json, "input_tokens", measured.InputTokens);
        Number(json, "output_tokens", measured.OutputTokens);
        Number(json, "avg_response_ms", measured.MeanResponseMs);
        json.WriteEndObject();
    }

    private static void User(Utf8JsonWriter json, UserFigures user)
    {
        json.WriteStartObject("user_day");
        Number(json, "messages", user.Messages);
        Number(json, "llm_requests", user.Requests);
        Interval(json, "llm_requests_interval", user.RequestsInterval);
        Number(json, "input_tokens", user.InputTokens);
        Number(json, "output_tokens", user.OutputTokens);
        Interval(json, "output_tokens_interval", user.OutputTokensInterval);
        json.WriteNumber("peak_hour", user.PeakHour);
        Number(json, "peak_share", user.PeakShare);
        json.WriteBoolean("pattern_measured", user.IsPatternMeasured);
        Number(json, "dispersion", user.Dispersion);
        Interval(json, "peak_load_factor", user.LoadFactor);
        json.WriteStartArray("hour_shares");
        foreach (var share in user.HourShares)
        {
            json.WriteNumberValue(Math.Round(share, 6));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Hardware(Utf8JsonWriter json, WorkloadPlan plan)
    {
        var serving = plan.Serving;
        json.WriteStartObject("hardware");
        json.WriteString("gpu", serving.Gpu.Name);
        json.WriteString("model", serving.Model.Name);
        json.WriteString("quantisation", PlanTables.Quantised(serving.Quantisation));
        json.WriteNumber("gpus_per_replica", serving.GpusPerReplica);
        json.WriteNumber("max_sequences", serving.MaxSequences);
        Number(json, "weights_gb", serving.WeightsGB);
        Number(json, "kv_bytes_per_token", serving.KvBytesPerToken);
        Number(json, "kv_capacity_tokens", serving.KvCapacityTokens);
        Number(json, "decode_tokens_per_second", serving.DecodeTokensPerSecond);
        Number(json, "prefill_tokens_per_second", serving.PrefillTokensPerSecond);
        Number(json, "calibration_factor", serving.CalibrationFactor);
        Number(json, "alone_mean_ms", serving.AloneMeanMs);
        Number(json, "alone_p95_ms", serving.AloneP95Ms);
        Number(json, "capacity_requests_per_second", serving.CapacityRequestsPerSecond);
        json.WriteEndObject();
    }

    private static void Plan(Utf8JsonWriter json, UserPlan user)
    {
        json.WriteStartObject();
        json.WriteNumber("users", user.Users);
        Number(json, "messages_per_day", user.MessagesPerDay);
        Number(json, "llm_requests_per_day", user.RequestsPerDay);
        Number(json, "input_tokens_per_day", user.InputTokensPerDay);
        Number(json, "output_tokens_per_day", user.OutputTokensPerDay);
        Number(json, "mean_tokens_per_second", Math.Round(user.MeanTokensPerSecond, 2));
        Number(json, "gpus", user.Gpus);
        Number(json, "gpus_low", user.GpusInterval.Low);
        Number(json, "gpus_high", user.GpusInterval.High);
        Number(json, "replicas", user.Replicas);
        json.WriteNumber("throughput_gpus", user.ThroughputGpus);
        json.WriteNumber("memory_gpus", user.MemoryGpus);
        json.WriteString("bound_by", user.BoundBy);
        json.WriteBoolean("borderline", user.IsBorderline);
        Number(json, "ram_gb", user.RamGB);
        Number(json, "vram_needed_gb", user.VramNeededGB);
        Number(json, "vram_installed_gb", user.VramInstalledGB);
        Number(json, "gpu_month_usd", user.GpuMonthUsd);
        Peak(json, user.Peak);
        Times(json, "day", user.Day);
        json.WriteStartArray("hours");
        foreach (var hour in user.Hours)
        {
            json.WriteStartObject();
            json.WriteNumber("hour", hour.Hour);
            Number(json, "llm_requests", hour.Requests);
            Number(json, "tokens_per_second", hour.TokensPerSecond);
            Number(json, "mean_concurrency", hour.MeanConcurrency);
            Number(json, "p95_ms", hour.P95Ms);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("p95_by_gpus");
        foreach (var point in user.P95ByGpus)
        {
            json.WriteStartObject();
            json.WriteNumber("gpus", point.Gpus);
            Number(json, "p95_ms", point.P95Ms);
            Interval(json, "interval_ms", point.Interval);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Peak(Utf8JsonWriter json, PeakHour? peak)
    {
        if (peak is null)
        {
            json.WriteNull("peak");
            return;
        }

        json.WriteStartObject("peak");
        json.WriteNumber("hour", peak.Hour);
        Times(json, "response", peak.Response);
        Interval(json, "p95_interval_ms", peak.P95Interval);
        Number(json, "requests_per_second", peak.RequestsPerSecond);
        Number(json, "input_tokens_per_second", peak.InputTokensPerSecond);
        Number(json, "output_tokens_per_second", peak.OutputTokensPerSecond);
        Number(json, "mean_concurrency", peak.MeanConcurrency);
        json.WriteNumber("max_concurrency", peak.MaxConcurrency);
        Number(json, "mean_queue", peak.MeanQueue);
        json.WriteNumber("max_queue", peak.MaxQueue);
        Number(json, "utilisation", peak.Utilisation);
        json.WriteEndObject();
    }

    private static void Times(Utf8JsonWriter json, string name, ResponseTimes? times)
    {
        if (times is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        Number(json, "p50_ms", times.P50Ms);
        Number(json, "p95_ms", times.P95Ms);
        Number(json, "p99_ms", times.P99Ms);
        Number(json, "mean_ms", times.MeanMs);
        json.WriteEndObject();
    }

    private static void Sensitivity(Utf8JsonWriter json, WorkloadPlan plan)
    {
        json.WriteStartArray("sensitivity");
        foreach (var row in plan.Sensitivity)
        {
            json.WriteStartObject();
            json.WriteString("assumption", row.Assumption);
            json.WriteString("change", row.Change);
            Number(json, "gpus", row.Gpus);
            Number(json, "p95_ms", row.P95Ms);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Costs(Utf8JsonWriter json, WorkloadPlan plan)
    {
        json.WriteStartObject("costs");
        Number(json, "gpu_hour_usd", plan.Options.GpuHourUsd);
        json.WriteString("price_date", plan.Options.Prices?.DataDate?.ToString("O", CultureInfo.InvariantCulture));
        json.WriteStartArray("providers");
        foreach (var provider in plan.Providers)
        {
            json.WriteStartObject();
            json.WriteString("provider", provider.Provider);
            json.WriteString("model", provider.Model);
            json.WriteBoolean("same_model", provider.IsSameModel);
            Number(json, "usd_per_user_month", provider.UsdPerUserMonth);
            Number(json, "crossing_users", provider.CrossingUsers);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("own_gpus");
        foreach (var point in plan.CostCurve)
        {
            json.WriteStartObject();
            json.WriteNumber("users", point.Users);
            json.WriteNumber("gpus", point.Gpus);
            Number(json, "usd_per_month", point.GpuMonthUsd);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Interval(Utf8JsonWriter json, string name, ConfidenceInterval? interval)
    {
        if (interval is not { } value || !double.IsFinite(value.Low) || !double.IsFinite(value.High))
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        json.WriteNumberValue(Math.Round(value.Low, 4));
        json.WriteNumberValue(Math.Round(value.High, 4));
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, Math.Round(number, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
