using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Checks all settings and reports every error at once.</summary>
[OptionsValidator]
internal sealed partial class JsonFileOptionsValidator : IValidateOptions<JsonFileOptions>;
