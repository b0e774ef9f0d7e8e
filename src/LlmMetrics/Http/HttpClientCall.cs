using System.Diagnostics;
using LlmMetrics.Facts;

namespace LlmMetrics;

/// <summary>One HTTP request that the app made.</summary>
/// <remarks>
/// Derived from the framework's own meter unless recorded by hand. Its duration ends at the response headers.
/// </remarks>
public readonly struct HttpClientCall
{
    private readonly FactData _data;

    /// <summary>Request method. Give standard ones in upper case and <c>_OTHER</c> for the rest.</summary>
    public string? Method
    {
        get => _data.KeyFields[(int)FactField.Method];
        init => _data.KeyFields[(int)FactField.Method] = value;
    }

    /// <summary>Host name of the server.</summary>
    public string? ServerAddress
    {
        get => _data.KeyFields[(int)FactField.ServerAddress];
        init => _data.KeyFields[(int)FactField.ServerAddress] = value;
    }

    /// <summary>Port of the server.</summary>
    public int? ServerPort
    {
        get => _data.Closed.ServerPort is var value and not 0 ? value : null;
        init => _data.Closed.ServerPort = value ?? 0;
    }

    /// <summary>HTTP status code, if there was an answer.</summary>
    public int? StatusCode
    {
        get => _data.Closed.StatusCode is var value and not 0 ? value : null;
        init => _data.Closed.StatusCode = value ?? 0;
    }

    /// <summary>Kind of the error: an HTTP status code or an exception type.</summary>
    /// <remarks>Keep it of low cardinality; never put a message here.</remarks>
    public string? ErrorType
    {
        get => _data.KeyFields[(int)FactField.ErrorType];
        init => _data.KeyFields[(int)FactField.ErrorType] = value;
    }

    /// <summary>How long it took. Unknown unless set.</summary>
    public TimeSpan? Duration
    {
        get => _data.Time(FactValue.Duration);
        init => _data.Set(FactValue.Duration, value);
    }

    /// <summary>Trace and span that metrics link to as an exemplar. None unless set.</summary>
    public ActivityContext TraceContext
    {
        get => _data.Trace;
        init => _data.Trace = value;
    }

    internal static ref readonly FactData Data(in HttpClientCall fact) => ref fact._data;
}
