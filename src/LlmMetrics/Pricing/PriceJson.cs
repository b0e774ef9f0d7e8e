using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LlmMetrics.Pricing;

/// <summary>Walks a price file and says, for every complaint, in which line and column its reason stands.</summary>
internal ref struct PriceJson
{
    private const double Highest = 1_000_000;

    private readonly ReadOnlySpan<byte> _json;
    private readonly string _name;
    private Utf8JsonReader _reader;

    public PriceJson(ReadOnlySpan<byte> json, string name)
    {
        _json = json;
        _name = name;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        });
        Read();
    }

    public readonly JsonTokenType Token => _reader.TokenType;

    /// <summary>Where the current token stands, for messages.</summary>
    public readonly string Place
    {
        get
        {
            var before = _json[..(int)_reader.TokenStartIndex];
            var line = before.Count((byte)'\n') + 1;
            var column = before.Length - before.LastIndexOf((byte)'\n');
            return string.Create(CultureInfo.InvariantCulture, $"{_name}, line {line}, column {column}");
        }
    }

    public void Read()
    {
        try
        {
            if (!_reader.Read())
            {
                throw Failure("the file ends too early");
            }
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{_name}, line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: this is not JSON"), e);
        }
    }

    /// <summary>Fails unless nothing follows.</summary>
    public void End()
    {
        try
        {
            if (_reader.Read())
            {
                throw Failure("nothing may follow the end of the prices");
            }
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{_name}, line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: nothing may follow here"), e);
        }
    }

    public void Expect(JsonTokenType token, string what)
    {
        if (_reader.TokenType != token)
        {
            throw Failure($"{what} is expected here");
        }
    }

    /// <summary>Goes to the next property of an object and to its value. False at the end of the object.</summary>
    public bool NextProperty(HashSet<string> seen, out string property)
    {
        Read();
        property = "";
        if (_reader.TokenType == JsonTokenType.EndObject)
        {
            return false;
        }

        property = Text();
        if (!seen.Add(property))
        {
            throw Failure($"'{property}' is given twice");
        }

        Read();
        return true;
    }

    /// <summary>Goes to the next element of an array. False at its end.</summary>
    public bool NextElement()
    {
        Read();
        return _reader.TokenType != JsonTokenType.EndArray;
    }

    public string RequiredText(string property)
    {
        Expect(JsonTokenType.String, $"text for '{property}'");
        var text = Text();
        return text.Trim().Length > 0 ? text : throw Failure($"'{property}' is empty");
    }

    /// <summary>A figure from 0 to a million: a higher one is a rate per the wrong unit.</summary>
    public readonly double Figure(string property, double highest = Highest)
    {
        if (_reader.TokenType != JsonTokenType.Number)
        {
            throw Failure($"'{property}' needs a number");
        }

        if (!_reader.TryGetDouble(out var figure) || !(figure >= 0 && figure <= highest))
        {
            throw Failure(string.Create(
                CultureInfo.InvariantCulture, $"'{property}' is {Raw()}, but must be from 0 to {highest:#,##0.###}"));
        }

        return figure;
    }

    public readonly long Whole(string property)
    {
        if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt64(out var whole) || whole < 0)
        {
            throw Failure($"'{property}' needs a whole number of at least 0");
        }

        return whole;
    }

    public void Skip()
    {
        try
        {
            _reader.Skip();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{_name}, line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: this is not JSON"), e);
        }
    }

    /// <summary>An exception that names the place of the current token.</summary>
    public readonly InvalidDataException Failure(string reason) => new($"{Place}: {reason}");

    private readonly string Raw() => Encoding.UTF8.GetString(_reader.ValueSpan);

    private readonly string Text()
    {
        try
        {
            return _reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half of a surrogate pair.
            throw Failure("this text is not valid Unicode");
        }
    }
}
