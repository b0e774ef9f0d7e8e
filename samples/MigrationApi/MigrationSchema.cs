namespace MigrationApi;

/// <summary>Makes the table while the host starts: after the measuring, before the first request.</summary>
public sealed class MigrationSchema(MigrationStore store) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => store.PrepareAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
