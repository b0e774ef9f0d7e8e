namespace LlmMetrics.Http;

/// <summary>
/// A few scanners to reuse, so that a response allocates none. At most <see cref="Size"/> are kept (about 6 KB each);
/// beyond that they are left to the garbage collector.
/// </summary>
internal static class ScannerPool
{
    private const int Size = 64;
    private static readonly BodyScanner?[] _idle = new BodyScanner?[Size];

    public static BodyScanner Rent()
    {
        for (var i = 0; i < Size; i++)
        {
            if (_idle[i] is not null && Interlocked.Exchange(ref _idle[i], null) is { } scanner)
            {
                return scanner;
            }
        }

        return new BodyScanner();
    }

    public static void Return(BodyScanner scanner)
    {
        scanner.Release();
        for (var i = 0; i < Size; i++)
        {
            if (_idle[i] is null && Interlocked.CompareExchange(ref _idle[i], scanner, null) is null)
            {
                return;
            }
        }
    }
}
