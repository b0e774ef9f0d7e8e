using System.Globalization;
using System.Text.Json;

namespace LlmMetrics.Workload.Hardware;

/// <summary>Reads files of hardware and model profiles.</summary>
internal static class HardwareJson
{
    public static HardwareCatalogue Parse(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !(root.TryGetProperty("gpus", out _) || root.TryGetProperty("models", out _)))
            {
                throw new FormatException("an object with \"gpus\" or \"models\" is expected");
            }

            return new HardwareCatalogue(All(root, "gpus", Gpu), All(root, "models", Model));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new WorkloadException(name, $"{name} is no file of hardware profiles: {e.Message}", isSource: true,
                e);
        }
    }

    private static List<T> All<T>(JsonElement root, string property, Func<JsonElement, T> read) =>
        root.TryGetProperty(property, out var list)
            ? list.ValueKind == JsonValueKind.Array
                ? [.. list.EnumerateArray().Select(read)]
                : throw new FormatException($"\"{property}\" must be an array")
            : [];

    private static GpuProfile Gpu(JsonElement item) => new()
    {
        Name = Text(item, "name"),
        MemoryGB = Positive(item, "memory_gb"),
        BandwidthGBPerSecond = Positive(item, "bandwidth_gb_s"),
        Fp16Teraflops = Positive(item, "fp16_tflops"),
        Fp8Teraflops = Optional(item, "fp8_tflops"),
        Source = Text(item, "source"),
        Date = Date(item),
    };

    private static ModelProfile Model(JsonElement item)
    {
        var model = new ModelProfile
        {
            Name = Text(item, "name"),
            Parameters = Positive(item, "parameters"),
            ActiveParameters = Optional(item, "active_parameters"),
            Layers = Whole(item, "layers"),
            KvHeads = Whole(item, "kv_heads"),
            HeadDimension = Whole(item, "head_dim"),
            ContextTokens = Whole(item, "context_tokens"),
            CatalogueNames = All(item, "catalogue", static name => name.GetString() ?? ""),
            Source = Text(item, "source"),
            Date = Date(item),
        };
        return model.ActiveParameters > model.Parameters
            ? throw new FormatException($"'{model.Name}' has more active_parameters than parameters")
            : model;
    }

    private static string Text(JsonElement item, string property) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(property, out var value)
        && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new FormatException($"\"{property}\" is missing");

    private static double Positive(JsonElement item, string property) =>
        Optional(item, property) ?? throw new FormatException($"\"{property}\" is missing in '{Text(item, "name")}'");

    private static double? Optional(JsonElement item, string property)
    {
        if (!item.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.GetDouble() is > 0 and < double.PositiveInfinity
            ? value.GetDouble()
            : throw new FormatException($"\"{property}\" of '{Text(item, "name")}' must be a number above 0");
    }

    private static int Whole(JsonElement item, string property) =>
        Positive(item, property) is var value && value == Math.Floor(value) && value <= int.MaxValue
            ? (int)value
            : throw new FormatException($"\"{property}\" of '{Text(item, "name")}' must be a whole number");

    private static DateOnly? Date(JsonElement item)
    {
        if (!item.TryGetProperty("date", out var value))
        {
            return null;
        }

        return DateOnly.TryParseExact(
            value.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new FormatException($"\"date\" of '{Text(item, "name")}' must be like 2026-11-25");
    }
}
