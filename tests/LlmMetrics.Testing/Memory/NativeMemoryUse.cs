using System.Runtime.InteropServices;

namespace LlmMetrics.Testing;

/// <summary>
/// What the process holds outside the managed heap: decoders of the framework keep their windows there.
/// </summary>
public static partial class NativeMemoryUse
{
    /// <summary>
    /// Bytes in use of what the C library handed out; null where it cannot tell (anything but glibc).
    /// </summary>
    public static long? Bytes
    {
        get
        {
            try
            {
                var info = MallInfo2();
                return (long)(info.InUse + info.Mapped);
            }
            catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
            {
                return null;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial MallocInfo MallInfo2();

    [StructLayout(LayoutKind.Sequential)]
    private struct MallocInfo
    {
        public nuint Arena;
        public nuint FreeChunks;
        public nuint FastChunks;
        public nuint MappedRegions;
        public nuint Mapped;
        public nuint MostArena;
        public nuint FastBytes;
        public nuint InUse;
        public nuint Free;
        public nuint Releasable;
    }
}
