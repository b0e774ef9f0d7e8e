namespace LlmMetrics.Testing.Tests.Face;

public abstract class Host<T> : IDisposable
    where T : class
{
    public const string Key = "key";

    protected Host(T value, string? name = null) => (Value, Name) = (value, name);

    public event EventHandler? Changed;

    public required int Count { get; init; }

    public T Value { get; }

    public string? Name { get; protected set; }

    internal int Hidden { get; set; }

    public int this[string key] => key.Length;

    public TimeSpan? Parse(in ReadOnlySpan<char> text, out int read, params string[] more)
    {
        read = text.Length + more.Length;
        return null;
    }

    public abstract Task<IReadOnlyList<string?>> LoadAsync(CancellationToken token = default);

    public virtual void Dispose()
    {
        Changed?.Invoke(this, EventArgs.Empty);
        GC.SuppressFinalize(this);
    }

    public override string ToString() => "";

    protected TOther? Make<TOther>(Color color = Color.Blue)
        where TOther : struct, IComparable<TOther> => color == Color.Red ? null : default(TOther);

    public readonly struct Nested
    {
        public static readonly Nested Empty;

        public static bool operator ==(Nested left, Nested right) => true;

        public static bool operator !=(Nested left, Nested right) => false;

        public override bool Equals(object? obj) => obj is Nested;

        public override int GetHashCode() => 0;
    }
}
