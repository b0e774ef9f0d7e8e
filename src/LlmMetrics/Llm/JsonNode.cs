using System.Text;

namespace LlmMetrics.Llm;

/// <summary>
/// One position in a JSON document that a scanner knows. A tree of them is all that a provider's shape is: adding a
/// provider means adding a tree.
/// </summary>
internal sealed class JsonNode
{
    private const string AnyItem = "*";

    private (byte[] Name, JsonNode Node)[] _members = [];

    /// <summary>Field that a scalar in this position fills.</summary>
    public LlmField Field { get; init; }

    /// <summary>Marker that is set when an object or a text that is not empty stands in this position.</summary>
    public LlmField Marker { get; init; }

    /// <summary>
    /// Whether figures below count only once this object is closed, so that a body cut within never half counts.
    /// </summary>
    public bool IsAtomic { get; init; }

    /// <summary>Node of the items if an array stands in this position.</summary>
    public JsonNode? Items { get; init; }

    /// <summary>Field that counts the objects and texts in this position; of several lists the last one.</summary>
    public LlmField Counter { get; init; }

    /// <summary>What the figure in this object counts, if the object itself says so.</summary>
    public FieldKind[] Kinds { get; init; } = [];

    /// <summary>What an item in this position is counted as, if it says so; of several lists the last one.</summary>
    public ItemCount[] Counts { get; init; } = [];

    /// <summary>Whether the length of texts in this position, or anywhere below it, is measured.</summary>
    public bool IsText { get; private init; }

    public bool HasMembers => _members.Length > 0;

    public static JsonNode Leaf(LlmField field) => new() { Field = field };

    public JsonNode With(string name, JsonNode node)
    {
        _members = [.. _members, (Encoding.UTF8.GetBytes(name), node)];
        return this;
    }

    public JsonNode With(string name, LlmField field) => With(name, Leaf(field));

    /// <summary>Texts or objects whose presence is all that matters.</summary>
    public JsonNode Marking(LlmField marker, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            With(name, new JsonNode { Marker = marker });
        }

        return this;
    }

    /// <summary>Several names for the same.</summary>
    public JsonNode With(ReadOnlySpan<string> names, LlmField field)
    {
        foreach (var name in names)
        {
            With(name, field);
        }

        return this;
    }

    /// <summary>
    /// A copy in which texts in one more place are measured. A place is a path of names; <c>*</c> stands for the items
    /// of a list.
    /// </summary>
    public JsonNode Measuring(ReadOnlySpan<string> path)
    {
        var next = path.IsEmpty ? null : path[0];
        var items = next == AnyItem ? (Items ?? new JsonNode()).Measuring(path[1..]) : Items;
        var copy = new JsonNode
        {
            Field = Field,
            Marker = Marker,
            IsAtomic = IsAtomic,
            Items = items,
            Counter = Counter,
            Kinds = Kinds,
            Counts = Counts,
            IsText = IsText || path.IsEmpty,
            _members = _members,
        };
        if (next is null or AnyItem)
        {
            return copy;
        }

        var name = Encoding.UTF8.GetBytes(next);
        var member = (Find(name) ?? new JsonNode()).Measuring(path[1..]);
        copy._members = [.. _members.Where(known => !known.Name.AsSpan().SequenceEqual(name)), (name, member)];
        return copy;
    }

    public JsonNode? Find(ReadOnlySpan<byte> name)
    {
        foreach (var (known, node) in _members)
        {
            if (name.SequenceEqual(known))
            {
                return node;
            }
        }

        return null;
    }
}
