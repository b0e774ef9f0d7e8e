using System.Security.Cryptography;
using LlmMetrics.Collection;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Pricing;

/// <summary>One price file: its last good prices, and whether what is on the disk differs from them.</summary>
internal sealed class PriceFileSource(string path, SelfDiagnostics diagnostics, ILogger logger, TimeProvider time)
{
    // Contents are compared at this interval even if time and size have not changed.
    private static readonly TimeSpan _readAnyway = TimeSpan.FromMinutes(1);

    private (DateTime Written, long Length) _stamp;
    private byte[]? _content;
    private string? _failure;
    private long _lastRead;

    public string Path { get; } = path;

    public string Name { get; } = System.IO.Path.GetFileName(path);

    /// <summary>The prices of the last version that could be used; null before the first.</summary>
    public PriceCatalogue? Prices { get; private set; }

    /// <summary>Whether the version on the disk is not in use.</summary>
    public bool IsRefused => _failure is not null;

    /// <summary>Whether the file may have changed since it was read. Opens it, so that links are followed.</summary>
    public bool MayHaveChanged()
    {
        try
        {
            using var handle = Open();
            return StampOf(handle) != _stamp || time.GetElapsedTime(_lastRead) >= _readAnyway;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return _failure != Unreadable(e);
        }
    }

    /// <summary>
    /// Reads the file. True if there are other prices; false if there are not, or if it cannot be used, which is said
    /// once per version of the file.
    /// </summary>
    /// <param name="isSettled">
    /// False if somebody may just be writing: what is then broken is not complained of, and true is not returned.
    /// </param>
    public bool Refresh(bool isSettled)
    {
        try
        {
            var (json, stamp) = ReadAll();
            var content = SHA256.HashData(json);
            _lastRead = time.GetTimestamp();
            if (_content is not null && content.AsSpan().SequenceEqual(_content))
            {
                _stamp = stamp;
                return false;
            }

            return Use(json, content, stamp, isSettled);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isSettled)
            {
                // What is not there cannot be recognised when it comes back.
                (_content, _stamp) = (null, default);
                Refuse(Unreadable(e), LoadResult.Unreadable);
            }

            return false;
        }
    }

    private bool Use(byte[] json, byte[] content, (DateTime Written, long Length) stamp, bool isSettled)
    {
        try
        {
            var prices = PriceCatalogue.Parse(json, Path);
            (Prices, _content, _stamp, _failure) = (prices, content, stamp, null);
            diagnostics.PricesLoaded(Name, failure: null);
            SelfDiagnostics.Say(() => Log.Read(logger, Path));
            return true;
        }
        catch (InvalidDataException e)
        {
            if (isSettled)
            {
                (_content, _stamp) = (content, stamp);
                Refuse(e.Message, LoadResult.Broken);
            }

            return false;
        }
    }

    private static string Unreadable(Exception e) => e.Message;

    private static (DateTime Written, long Length) StampOf(Microsoft.Win32.SafeHandles.SafeFileHandle handle) =>
        (File.GetLastWriteTimeUtc(handle), RandomAccess.GetLength(handle));

    private Microsoft.Win32.SafeHandles.SafeFileHandle Open() => File.OpenHandle(
        Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private (byte[] Json, (DateTime Written, long Length) Stamp) ReadAll()
    {
        using var handle = Open();
        var stamp = StampOf(handle);
        if (stamp.Length > PriceCatalogue.MaxFileBytes)
        {
            throw new IOException($"{Path}: a price file has at most 32 MiB");
        }

        var json = new byte[stamp.Length];
        var read = 0;
        while (read < json.Length)
        {
            var more = RandomAccess.Read(handle, json.AsSpan(read), read);
            if (more == 0)
            {
                throw new IOException($"{Path} became shorter while it was read");
            }

            read += more;
        }

        return (json, stamp);
    }

    private void Refuse(string reason, string result)
    {
        if (reason == _failure)
        {
            return;
        }

        _failure = reason;
        diagnostics.PricesLoaded(Name, result);
        SelfDiagnostics.Say(() => Log.Refused(logger, reason.TrimEnd('.')));
    }
}
