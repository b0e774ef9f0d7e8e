using System.ClientModel;
using LlmMetrics;

namespace ExpertApi;

/// <summary>The app's own endpoints.</summary>
public static class ExpertEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapExpert(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/questions", AskAsync);
        app.MapGet("/v1/questions/{id:long}", FindAsync);
        app.MapPost("/v1/speech", SpeakAsync);
        app.MapPost("/v1/voice", TalkAsync);
        app.MapPost("/v1/feedback", Rate);
        app.MapPost("/v1/payments", PayAsync);
    }

    private static async Task<IResult> AskAsync(
        Question question, ExpertModels models, ExpertDatabase database, ExpertMetrics metrics,
        CancellationToken cancellationToken)
    {
        metrics.Question(question);
        var id = await database.AddQuestionAsync(question, cancellationToken);
        try
        {
            await models.EmbedAsync(question.Text, cancellationToken);
            var passages = await database.SearchAsync(question.Language, cancellationToken);
            var answer = await models.AnswerAsync(question, passages, cancellationToken);
            await database.AnsweredAsync(id, cancellationToken);
            return Results.Ok(new { id, answer });
        }
        catch (ClientResultException exception)
        {
            return Unavailable(exception, metrics);
        }
    }

    private static async Task<IResult> FindAsync(
        long id, ExpertDatabase database, CancellationToken cancellationToken) =>
        await database.IsAnsweredAsync(id, cancellationToken) is { } answered
            ? Results.Ok(new { id, answered })
            : Results.NotFound();

    private static async Task<IResult> SpeakAsync(
        SpokenText text, ExpertModels models, ExpertMetrics metrics, CancellationToken cancellationToken)
    {
        try
        {
            var speech = await models.SpeakAsync(text.Text, cancellationToken);
            return Results.Bytes(speech.ToArray(), "audio/mpeg");
        }
        catch (ClientResultException exception)
        {
            return Unavailable(exception, metrics);
        }
    }

    /// <summary>The model is an ordinary chat; the scope says what it is used for.</summary>
    private static async Task<IResult> TalkAsync(
        SpokenText text, ExpertModels models, ExpertMetrics metrics, LlmMetricsRuntime runtime,
        CancellationToken cancellationToken)
    {
        using var scope = runtime.BeginScope(feature: "voice_realtime");
        try
        {
            var words = new List<string>();
            await foreach (var word in models.TalkAsync(text.Text, cancellationToken))
            {
                words.Add(word);
            }

            return Results.Text(string.Concat(words));
        }
        catch (ClientResultException exception)
        {
            return Unavailable(exception, metrics);
        }
    }

    private static IResult Rate(Feedback feedback, ExpertMetrics metrics)
    {
        metrics.Feedback(feedback.Positive);
        return Results.NoContent();
    }

    private static async Task<IResult> PayAsync(
        Payment payment, ExpertDatabase database, ExpertMetrics metrics, CancellationToken cancellationToken)
    {
        if (!await database.AddPaymentAsync(payment, cancellationToken))
        {
            return Results.Conflict();
        }

        metrics.Revenue(payment.Usd, payment.Plan);
        return Results.Created();
    }

    private static IResult Unavailable(ClientResultException exception, ExpertMetrics metrics)
    {
        var isBusy = exception.Status == StatusCodes.Status429TooManyRequests;
        metrics.Error(exception, isBusy ? "warning" : "error");
        return Results.StatusCode(isBusy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status502BadGateway);
    }
}
