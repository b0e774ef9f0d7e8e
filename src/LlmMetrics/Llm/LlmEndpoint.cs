namespace LlmMetrics.Llm;

/// <summary>What a request turned out to be: who answers it, what it asks for and in which shape.</summary>
/// <param name="Provider">Provider of the model (<c>gen_ai.provider.name</c>).</param>
/// <param name="Operation">What is asked for.</param>
/// <param name="Protocol">Shape of request and answer.</param>
/// <param name="Model">Model asked for: that of the address, as Azure names it, unless the body names one.</param>
internal readonly record struct LlmEndpoint(
    string Provider,
    string Operation,
    LlmProtocol Protocol,
    string? Model);
