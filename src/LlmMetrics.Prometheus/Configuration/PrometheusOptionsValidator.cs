using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

[OptionsValidator]
internal sealed partial class PrometheusOptionsValidator : IValidateOptions<PrometheusOptions>;
