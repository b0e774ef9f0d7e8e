using System.Buffers.Binary;
using Google.Protobuf;

namespace LlmMetrics.Receiver;

/// <summary>A protobuf message read without its schema: field numbers and raw values.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, byte[]? Bytes)> _fields = [];

    public static ProtoMessage Parse(byte[] data)
    {
        var message = new ProtoMessage();
        using var input = new CodedInputStream(data);
        while (input.ReadTag() is var tag and not 0)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            message._fields.Add(WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => (field, input.ReadUInt64(), null),
                WireFormat.WireType.Fixed64 => (field, input.ReadFixed64(), null),
                WireFormat.WireType.Fixed32 => (field, input.ReadFixed32(), null),
                WireFormat.WireType.LengthDelimited => (field, 0, input.ReadBytes().ToByteArray()),
                _ => throw new InvalidDataException("Groups are not part of OTLP."),
            });
        }

        return message;
    }

    public bool Has(int field) => _fields.Exists(entry => entry.Field == field);

    public IEnumerable<ProtoMessage> Messages(int field) =>
        _fields.Where(entry => entry.Field == field).Select(static entry => Parse(entry.Bytes!));

    public string Text(int field) => System.Text.Encoding.UTF8.GetString(Bytes(field));

    public byte[] Bytes(int field) => _fields.FindLast(entry => entry.Field == field).Bytes ?? [];

    public ulong Number(int field) => _fields.FindLast(entry => entry.Field == field).Number;

    public double Double(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    /// <summary>A repeated field of 8-byte numbers, packed as OTLP has them.</summary>
    public ulong[] Packed(int field) =>
        [.. Bytes(field).Chunk(8).Select(static bytes => BinaryPrimitives.ReadUInt64LittleEndian(bytes))];

    /// <summary>The attributes in a field, as text.</summary>
    public Dictionary<string, string> Attributes(int field) => Messages(field).ToDictionary(
        static pair => pair.Text(1),
        static pair => pair.Messages(2).Select(TextOf).FirstOrDefault(string.Empty),
        StringComparer.Ordinal);

    private static string TextOf(ProtoMessage value) => value switch
    {
        _ when value.Has(1) => value.Text(1),
        _ when value.Has(2) => value.Number(2) == 1 ? "true" : "false",
        _ when value.Has(3) => ((long)value.Number(3)).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => value.Double(4).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
