using System.Text;

namespace LlmMetrics.Tool;

/// <summary>Writes files that are complete or not there.</summary>
internal static class AtomicFile
{
    /// <summary>Writes all of the files, or none under its final name if one cannot be written.</summary>
    public static void WriteAll(IReadOnlyList<(string Path, string Text)> files)
    {
        var written = new List<(string Temporary, string Final)>();
        try
        {
            foreach (var (path, text) in files)
            {
                if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                {
                    Directory.CreateDirectory(folder);
                }

                var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
                written.Add((temporary, path));
                using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            foreach (var (temporary, final) in written)
            {
                File.Move(temporary, final, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Unreadable,
                $"{files[0].Path} cannot be written, so nothing was: {e.Message} Give a folder that you may write to");
        }
        finally
        {
            foreach (var (temporary, _) in written)
            {
                File.Delete(temporary);
            }
        }
    }
}
