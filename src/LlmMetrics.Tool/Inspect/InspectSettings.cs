namespace LlmMetrics.Tool.Inspect;

/// <summary>What the user says about recorded answers.</summary>
/// <param name="Provider">Who answered; null to go by the shape.</param>
/// <param name="Model">The model that was asked for, where the answer does not name it.</param>
/// <param name="ContentType">Content type of the answers; null to go by headers and shape.</param>
/// <param name="Headers">Headers of the answers.</param>
internal sealed record InspectSettings(string? Provider, string? Model, string? ContentType, HeaderFile Headers);
