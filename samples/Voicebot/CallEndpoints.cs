namespace Voicebot;

/// <summary>What the telephone system calls.</summary>
public static class CallEndpoints
{
    private static readonly string[] _problems = ["internet", "mobile"];

    /// <summary>Maps them.</summary>
    public static void MapCalls(this IEndpointRouteBuilder app)
    {
        app.MapPost("/calls", Take);
        app.MapPost("/calls/{id:guid}/audio", AnswerAsync);
        app.MapPost("/calls/{id:guid}/hangup", End);
    }

    private static IResult Take(string problem, Switchboard switchboard) => Results.Text(switchboard.Take(
        new PhoneCall(_problems.Contains(problem) ? problem : "other")).ToString());

    private static async Task<IResult> AnswerAsync(
        Guid id, Stream audio, Switchboard switchboard, Conversation conversation, CancellationToken cancellationToken)
    {
        if (switchboard.Find(id) is not { } call)
        {
            return Results.NotFound();
        }

        using var recording = new MemoryStream();
        await audio.CopyToAsync(recording, cancellationToken);
        try
        {
            var answer = await conversation.AnswerAsync(recording.ToArray(), call, cancellationToken);
            return Results.Bytes(answer, "audio/mpeg");
        }
        catch (HttpRequestException)
        {
            call.Failures++;
            return Results.StatusCode(StatusCodes.Status502BadGateway);
        }
    }

    private static IResult End(Guid id, Hangup hangup, Switchboard switchboard, CallMetrics metrics)
    {
        if (switchboard.End(id) is not { } call)
        {
            return Results.NotFound();
        }

        var status = call.HasFailed ? "failed" : hangup.Solved ? "completed" : "transferred";
        metrics.Ended(status, call.Problem, TimeSpan.FromSeconds(hangup.Seconds));
        if (hangup.Survey is { } key)
        {
            metrics.Felt(key switch { 1 => "positive", 2 => "neutral", _ => "negative" });
        }

        if (status == "transferred")
        {
            var isInternet = call.Problem == "internet";
            metrics.Ticket(isInternet ? "HIGH" : "NORMAL", isInternet ? "INTERNET_DOWN" : "CALL_BACK");
        }

        return Results.NoContent();
    }
}
