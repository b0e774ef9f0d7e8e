namespace LlmMetrics.Tests.Http.Traps;

/// <summary>
/// What goes wrong in nearly every program that counts tokens, in plain words. Each is the <c>Trap</c> trait of at
/// least one test that fails if the library fell into it.
/// </summary>
internal static class TrapNames
{
    public const string Trait = "Trap";

    public const string NullUsage = "01 usage is null in most events, and the event that has it may have no choices";
    public const string Cumulative = "02 figures of events are running totals, not to be added up";
    public const string Placeholder =
        "03 the first event's output is a placeholder, and later ones tell some fields only";
    public const string CachedBeside = "04 cached tokens stand inside the input or beside it, by shape and by total";
    public const string ReasoningBeside =
        "05 reasoning stands inside the output or beside it, and tools' input beside both";
    public const string ErrorAfterOk = "06 errors come after HTTP 200";
    public const string EventSyntax = "07 server-sent events are written in many ways";
    public const string JsonArray = "08 Gemini streams one pretty-printed JSON array";
    public const string BinaryStream = "09 Bedrock streams binary frames; what cannot be read is unknown, not zero";
    public const string Abort = "10 a stream that breaks off keeps what is known, and says that it broke off";
    public const string Buffering = "11 wrapping an answer must not buffer it, and it ends exactly once";
    public const string BufferedByClient = "12 HttpClient buffers whole answers past the stream";
    public const string Position = "13 outside a retry handler a call is an operation, inside it is a try";
    public const string StreamOptions = "14 asking for usage is refused by some and must not touch what has it";
    public const string Served = "15 the served model and tier govern the price, not the requested ones";
    public const string UnboundedModels = "16 deployments and profiles are names without bound";
    public const string NoAnswer = "17 answers that are no JSON, have no body, or are not read";
    public const string CostOfZero = "18 a reported cost of zero is known";
    public const string Batch = "19 batches and token counting are no calls";
    public const string Layers = "20 several layers see the same call";
}
