using System.Text.Json.Serialization;

namespace LlmMetrics.Tool.Inspect;

/// <summary>The shape that <c>inspect</c> writes as JSON: every field, also those that are null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(InspectRecord))]
internal sealed partial class InspectJson : JsonSerializerContext;
