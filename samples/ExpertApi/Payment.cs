namespace ExpertApi;

/// <summary>A plan that somebody pays for.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Usd">The price.</param>
/// <param name="Reference">The payment's own number: paid once.</param>
public sealed record Payment(string Plan, double Usd, string Reference);
