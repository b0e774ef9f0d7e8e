// snippet:app
using LlmMetrics;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddLlmMetrics().AddPrometheus().AddJsonFile();
builder.Services.AddHttpClient("llm").AddLlmMetricsHandler();

var app = builder.Build();
app.MapLlmMetrics("/metrics");
app.MapPost("/ask", async (HttpRequest question, IHttpClientFactory clients, LlmMetricsRuntime metrics) =>
{
    using var scope = metrics.BeginScope(feature: "ask");
    using var answer = await clients.CreateClient("llm").PostAsync(
        new Uri("http://localhost:11434/v1/chat/completions"), new StreamContent(question.Body));
    return await answer.Content.ReadAsStringAsync();
});
app.Run();
// end-snippet
