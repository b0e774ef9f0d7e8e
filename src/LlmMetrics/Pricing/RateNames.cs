using System.Collections.Frozen;

namespace LlmMetrics.Pricing;

/// <summary>How price files write the rates: the names of genai-prices, and a few that it has none for.</summary>
internal static class RateNames
{
    public const int Count = (int)Rate.Unmeasured + 1;

    /// <summary>Says that something is charged that no call reports, so that the model stays unpriced.</summary>
    private const string Unmeasured = "unmeasured";

    private static readonly FrozenDictionary<string, Rate> _rates = new Dictionary<string, Rate>(StringComparer.Ordinal)
    {
        ["input_mtok"] = Rate.Input,
        ["output_mtok"] = Rate.Output,
        ["cache_read_mtok"] = Rate.CacheRead,
        ["cache_write_mtok"] = Rate.CacheWrite,
        ["cache_write_1h_mtok"] = Rate.CacheWrite1Hour,
        ["output_reasoning_mtok"] = Rate.Reasoning,
        ["input_audio_mtok"] = Rate.InputAudio,
        ["cache_audio_read_mtok"] = Rate.CachedAudio,
        ["output_audio_mtok"] = Rate.OutputAudio,
        ["input_image_mtok"] = Rate.InputImage,
        ["cache_image_read_mtok"] = Rate.CachedImage,
        ["output_image_mtok"] = Rate.OutputImage,
        ["input_video_mtok"] = Rate.InputVideo,
        ["output_video_mtok"] = Rate.OutputVideo,
        ["output_citation_mtok"] = Rate.Citation,
        ["requests_kcount"] = Rate.Requests,
        ["web_searches_kcount"] = Rate.WebSearches,
        ["characters_kcount"] = Rate.Characters,
        ["images_kcount"] = Rate.Images,
        ["input_document_kpages"] = Rate.Pages,
        ["audio_hours"] = Rate.AudioHours,
        ["input_audio_hours"] = Rate.AudioHours,
        ["minimum_audio_seconds"] = Rate.MinimumAudioSeconds,
        ["storage_searches_kcount"] = Rate.FileSearches,
        [Unmeasured] = Rate.Unmeasured,
        ["input_annotated_document_kpages"] = Rate.AnnotatedPages,
        ["input_text_messages_kcount"] = Rate.Unmeasured,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly Dictionary<Rate, string> _names = _rates
        .Where(static pair => pair.Key != "input_audio_hours" && pair.Value != Rate.Unmeasured)
        .ToDictionary(static pair => pair.Value, static pair => pair.Key);

    /// <summary>The name to write a rate under.</summary>
    public static string NameOf(Rate rate) => rate == Rate.Unmeasured ? Unmeasured : _names[rate];

    public static bool TryParse(string name, out Rate rate) => _rates.TryGetValue(name, out rate);
}
