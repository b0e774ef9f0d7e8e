namespace LlmMetrics;

/// <summary>What happened: the kind of a fact that instrumentation records and profiles turn into metrics.</summary>
public enum FactKind
{
    /// <summary>One operation on a language model has ended: <see cref="LlmMetrics.LlmCall"/>.</summary>
    LlmCall,

    /// <summary>An operation on a language model is under way; a live value that rises and falls.</summary>
    ActiveLlmCall,

    /// <summary>A streamed operation has received one more chunk of output.</summary>
    LlmChunk,

    /// <summary>A provider has told how much of its rate limit is left.</summary>
    RateLimit,

    /// <summary>An agent has run: <see cref="LlmMetrics.AgentRun"/>.</summary>
    AgentRun,

    /// <summary>A tool has run: <see cref="LlmMetrics.ToolRun"/>.</summary>
    ToolRun,

    /// <summary>A workflow has run: <see cref="LlmMetrics.WorkflowRun"/>.</summary>
    WorkflowRun,

    /// <summary>
    /// A function has run that is neither agent, workflow nor tool: <see cref="LlmMetrics.FunctionRun"/>.
    /// </summary>
    FunctionRun,

    /// <summary>A run has counted items: <see cref="MeasuredRun.Count"/>. The field <c>name</c> tells which.</summary>
    RunItems,

    /// <summary>The app has answered an HTTP request: <see cref="LlmMetrics.HttpServerCall"/>.</summary>
    HttpServerCall,

    /// <summary>The app has made an HTTP request: <see cref="LlmMetrics.HttpClientCall"/>.</summary>
    HttpClientCall,

    /// <summary>A database command has ended: <see cref="LlmMetrics.DbCall"/>.</summary>
    DbCall,

    /// <summary>The app has met an error: <see cref="LlmMetrics.ErrorEvent"/>.</summary>
    ErrorEvent,

    /// <summary>The app itself: uptime, version, runtime. Live values, read at collection.</summary>
    App,

    /// <summary>The library itself: what it dropped, folded and exported.</summary>
    Self,

    /// <summary>A pool of database connections as it stands. Live values, read at collection.</summary>
    DbPool,

    /// <summary>A session of the app's has ended: <see cref="BusinessSession"/>.</summary>
    Session,

    /// <summary>A session of the app's is open; a live value that rises and falls.</summary>
    ActiveSession,

    /// <summary>The app has earned money: <see cref="BusinessMetrics.RecordRevenue"/>.</summary>
    Revenue,

    /// <summary>A budget as it stands: <see cref="BudgetOptions"/>. Live values, read at collection.</summary>
    Budget,
}
