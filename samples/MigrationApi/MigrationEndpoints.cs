namespace MigrationApi;

/// <summary>The app's own endpoints.</summary>
public static class MigrationEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapMigration(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sessions", Open);
        app.MapPost("/sessions/{id:guid}/workflows/{name}", RunAsync);
        app.MapDelete("/sessions/{id:guid}", Close);
    }

    private static IResult Open(string project, Sessions sessions) =>
        Results.Text(sessions.Open(project).ToString());

    private static async Task<IResult> RunAsync(
        Guid id, string name, Sessions sessions, Workflows workflows, CancellationToken cancellationToken)
    {
        if (sessions.Find(id) is not { } project || !Workflows.Names.Contains(name))
        {
            return Results.NotFound();
        }

        try
        {
            await workflows.RunAsync(name, project, cancellationToken);
            return Results.NoContent();
        }
        catch (HttpRequestException)
        {
            return Results.StatusCode(StatusCodes.Status502BadGateway);
        }
        catch (InvalidOperationException)
        {
            return Results.UnprocessableEntity();
        }
    }

    private static IResult Close(Guid id, Sessions sessions) =>
        sessions.Close(id) ? Results.NoContent() : Results.NotFound();
}
