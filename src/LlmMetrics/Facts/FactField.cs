namespace LlmMetrics;

/// <summary>
/// The key fields of facts: what metrics can be broken down by. Which kinds of fact carry which field is listed in
/// <c>docs/profiles.md</c>; a field that a fact does not carry is a missing tag.
/// </summary>
/// <remarks>
/// Open fields take any text and are bounded by the cardinality guard; closed fields (from
/// <see cref="Outcome"/> on) have few values by nature and are never folded.
/// </remarks>
public enum FactField
{
    /// <summary>Provider of the model, such as <c>openai</c>; the database system of a <see cref="DbCall"/>.</summary>
    Provider = 0,

    /// <summary>Operation: <c>chat</c>, <c>embeddings</c>, …; the SQL operation of a <see cref="DbCall"/>.</summary>
    Operation = 1,

    /// <summary>Model that was asked for.</summary>
    RequestModel = 2,

    /// <summary>Model that answered.</summary>
    ResponseModel = 3,

    /// <summary>Host name of the server.</summary>
    ServerAddress = 4,

    /// <summary>Service tier that the provider served.</summary>
    ServiceTier = 5,

    /// <summary>Feature of the app, from the scope or the fact.</summary>
    Feature = 6,

    /// <summary>Task within a feature, from the scope or the fact.</summary>
    Task = 7,

    /// <summary>Agent, from the scope or the fact.</summary>
    Agent = 8,

    /// <summary>Workflow, from the scope or the fact.</summary>
    Workflow = 9,

    /// <summary>Tenant, from the scope or the fact.</summary>
    Tenant = 10,

    /// <summary>
    /// Kind of the error, of low cardinality: a status code, an exception type, a provider's error type.
    /// </summary>
    ErrorType = 11,

    /// <summary>Tool that an agent called.</summary>
    Tool = 12,

    /// <summary>HTTP request method; unknown ones are <c>_OTHER</c>.</summary>
    Method = 13,

    /// <summary>Route template of an HTTP request, never its path.</summary>
    Route = 14,

    /// <summary>Connection pool of a database.</summary>
    Pool = 15,

    /// <summary>Table that a database command names first.</summary>
    Table = 16,

    /// <summary>Severity of an <see cref="ErrorEvent"/>.</summary>
    Severity = 17,

    /// <summary>
    /// Name of the thing that a metric speaks of: an exporter, a metric, a rate limit's unit, the items of a run, the
    /// kind of a session, the plan that was paid for, a budget, the source of prices.
    /// </summary>
    Name = 18,

    /// <summary>Why something was dropped.</summary>
    Reason = 19,

    /// <summary>Version of the app.</summary>
    AppVersion = 20,

    /// <summary>Runtime that the app runs on.</summary>
    AppRuntime = 21,

    /// <summary>Function of the app that is measured and is neither agent, workflow nor tool.</summary>
    Function = 22,

    /// <summary>Outcome: <c>ok</c>, <c>error</c>, <c>cancelled</c>, <c>incomplete</c>. Closed.</summary>
    Outcome = 32,

    /// <summary>HTTP status code. Closed.</summary>
    StatusCode = 33,

    /// <summary>Port of the server. Closed.</summary>
    ServerPort = 34,

    /// <summary><c>true</c> if the provider refused the call for its rate. Closed.</summary>
    RateLimited = 35,

    /// <summary><c>true</c> if the answer was streamed. Closed.</summary>
    Streaming = 36,

    /// <summary>The app's own cache: <c>hit</c>, <c>miss</c>; missing without one. Closed.</summary>
    Cache = 37,

    /// <summary>
    /// Where the token counts come from: <c>provider</c>, <c>estimated</c>; missing if unknown. Closed.
    /// </summary>
    UsageSource = 38,

    /// <summary>
    /// Where the cost comes from: <c>provider</c>, <c>catalogue</c>, or <c>estimated</c> if the catalogue's price was
    /// applied to estimated tokens; missing if unknown. Closed.
    /// </summary>
    CostSource = 39,

    /// <summary>Why usage is missing: <c>not_reported</c>, <c>aborted</c>, <c>unparsed</c>. Closed.</summary>
    UsageMissing = 40,

    /// <summary>Number of tries that the operation took. Closed.</summary>
    Attempts = 41,

    /// <summary><c>true</c> if the database driver measures the same itself and is listened to. Closed.</summary>
    MeasuredByDriver = 42,

    /// <summary>
    /// What a call over HTTP stands for: <c>operation</c> (with all its tries) or <c>attempt</c>; missing if that is
    /// not known. Closed.
    /// </summary>
    CallScope = 43,
}
