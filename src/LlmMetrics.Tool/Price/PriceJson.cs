using System.Text.Json.Serialization;

namespace LlmMetrics.Tool.Price;

/// <summary>The shapes that <c>price</c> writes as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PriceAnswer))]
[JsonSerializable(typeof(PriceLine))]
internal sealed partial class PriceJson : JsonSerializerContext;
