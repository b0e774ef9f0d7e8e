namespace LlmMetrics.Pricing;

/// <summary>Why a call has no price.</summary>
internal enum UnpricedReason
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>The catalogue has no such provider or model.</summary>
    UnknownModel,

    /// <summary>A figure that the price is per was not reported, or is negative.</summary>
    UnknownUsage,

    /// <summary>Something was used that the catalogue has no rate for.</summary>
    NoRate,

    /// <summary>The catalogue has no rates for the service tier.</summary>
    NoTierRate,

    /// <summary>No price of the model holds at the time of the call.</summary>
    NotInEffect,
}
