namespace LlmMetrics.Http;

/// <summary>Reasons under which the handler counts what it could not observe.</summary>
internal static class Losses
{
    public const string RequestScan = "http_request_scan";
    public const string RequestLimit = "http_request_limit";
    public const string UsageInjection = "http_usage_injection";
    public const string ResponseScan = "http_response_scan";
    public const string Observation = "http_observation";
    public const string Unreadable = "http_body_unreadable";
    public const string Encoding = "http_body_encoding";
    public const string DecodingLimit = "http_body_decoding_limit";
    public const string Estimator = "token_estimator";
}
