namespace LlmMetrics.Configuration;

/// <summary>Where and how one signal is sent.</summary>
internal sealed record SignalSettings(
    Uri Endpoint,
    LlmOtlpProtocol Protocol,
    IReadOnlyDictionary<string, string> Headers,
    TimeSpan Timeout,
    bool Compress);
