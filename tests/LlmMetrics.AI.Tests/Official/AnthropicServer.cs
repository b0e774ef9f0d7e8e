using Microsoft.AspNetCore.Http;

namespace LlmMetrics.AI.Tests.Official;

/// <summary>Answers as Anthropic documents it, after some refusals.</summary>
internal static class AnthropicServer
{
    public static RequestDelegate Answering(int refusals = 0) => async context =>
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = await reader.ReadToEndAsync();
        if (Interlocked.Decrement(ref refusals) >= 0)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "0";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(
                """{"type":"error","error":{"type":"rate_limit_error","message":"Slow down"}}""");
            return;
        }

        var isStream = request.Contains("\"stream\":true", StringComparison.Ordinal);
        context.Response.ContentType = isStream ? "text/event-stream" : "application/json";
        await context.Response.WriteAsync(isStream ? AnthropicAnswers.Stream : AnthropicAnswers.Whole);
    };
}
