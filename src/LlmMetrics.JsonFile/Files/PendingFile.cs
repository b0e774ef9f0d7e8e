namespace LlmMetrics.Files;

/// <summary>
/// A file under its temporary name. <see cref="Publish"/> gives it its final one in a single step; disposed before
/// that, it vanishes.
/// </summary>
internal sealed class PendingFile(FileStream stream, string temporary, string final) : IDisposable
{
    private bool _published;

    public Stream Stream => stream;

    public string Name => Path.GetFileName(final);

    public void Publish()
    {
        stream.Flush(flushToDisk: true);

        // Renamed while it is open: its lock keeps a starting neighbour from taking it for a stale one.
        File.Move(stream.Name, final, overwrite: true);
        _published = true;
    }

    public void Dispose()
    {
        try
        {
            stream.Dispose();
        }
        catch (IOException) when (!_published)
        {
            // A full disk is reported by the write that met it.
        }

        if (!_published)
        {
            MetricsFolder.TryDelete(temporary);
        }
    }
}
