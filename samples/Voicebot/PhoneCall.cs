namespace Voicebot;

/// <summary>A call, from the menu on.</summary>
/// <param name="Problem">What the caller chose: <c>internet</c>, <c>mobile</c> or <c>other</c>.</param>
public sealed record PhoneCall(string Problem)
{
    /// <summary>Turns so far.</summary>
    public int Turns { get; set; }

    /// <summary>Turns that a provider's failure left without an answer.</summary>
    public int Failures { get; set; }

    /// <summary>Once, the caller repeats what was not understood; a second time, the call is lost.</summary>
    public bool HasFailed => Failures > 1;
}
