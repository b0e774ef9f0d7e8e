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

/// <summary>What the telephone system tells when a call has ended.</summary>
/// <param name="Seconds">Its length.</param>
/// <param name="Solved">Whether the caller said that the problem is solved.</param>
/// <param name="Survey">Key pressed in the survey: 1 good, 2 fair, 3 bad; null for none.</param>
public sealed record Hangup(double Seconds, bool Solved, int? Survey);
