namespace ExpertApi;

/// <summary>Makes the tables while the host starts: after the measuring, before the first request.</summary>
public sealed class ExpertSchema(ExpertDatabase database) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => database.PrepareAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
