using System.Globalization;

namespace LlmMetrics.Facts;

/// <summary>The key fields with few values, packed into one word so that they hash and compare at once.</summary>
internal struct ClosedFields
{
    private ulong _bits;

    public int Outcome { readonly get => Get(0, 2); set => Put(0, 2, value); }

    public bool HasOutcome { readonly get => Get(2, 1) != 0; set => Put(2, 1, value ? 1 : 0); }

    public int StatusCode { readonly get => Get(3, 10); set => Put(3, 10, value is >= 100 and <= 999 ? value : 0); }

    public int ServerPort { readonly get => Get(13, 16); set => Put(13, 16, value is > 0 and <= 65535 ? value : 0); }

    public bool RateLimited { readonly get => Get(29, 1) != 0; set => Put(29, 1, value ? 1 : 0); }

    public bool Streaming { readonly get => Get(30, 1) != 0; set => Put(30, 1, value ? 1 : 0); }

    public int Cache { readonly get => Get(31, 2); set => Put(31, 2, value); }

    public int UsageSource { readonly get => Get(33, 2); set => Put(33, 2, value); }

    public int CostSource { readonly get => Get(35, 2); set => Put(35, 2, value); }

    public int UsageMissing { readonly get => Get(37, 2); set => Put(37, 2, value); }

    /// <summary>0 is unknown; more than 31 tries are written as 31.</summary>
    public int Attempts { readonly get => Get(39, 5); set => Put(39, 5, Math.Clamp(value, 0, 31)); }

    public bool MeasuredByDriver { readonly get => Get(44, 1) != 0; set => Put(44, 1, value ? 1 : 0); }

    public int Scope { readonly get => Get(45, 2); set => Put(45, 2, value); }

    /// <summary>Something was used that is charged for and that no figure tells. No key of any series.</summary>
    public bool HasOtherCharges { readonly get => Get(47, 1) != 0; set => Put(47, 1, value ? 1 : 0); }

    /// <summary>
    /// Keeps only the fields of the mask, so that fields no profile asks for do not multiply bindings.
    /// </summary>
    public readonly ulong Masked(ulong mask) => _bits & mask;

    public static ulong Mask(FactField field) => field switch
    {
        FactField.Outcome => Bitmask(0, 3),
        FactField.StatusCode => Bitmask(3, 10),
        FactField.ServerPort => Bitmask(13, 16),
        FactField.RateLimited => Bitmask(29, 1),
        FactField.Streaming => Bitmask(30, 1),
        FactField.Cache => Bitmask(31, 2),
        FactField.UsageSource => Bitmask(33, 2),
        FactField.CostSource => Bitmask(35, 2),
        FactField.UsageMissing => Bitmask(37, 2),
        FactField.Attempts => Bitmask(39, 5),
        FactField.MeasuredByDriver => Bitmask(44, 1),
        FactField.CallScope => Bitmask(45, 2),
        _ => 0,
    };

    public readonly string? Text(FactField field) => field switch
    {
        FactField.Outcome => HasOutcome ? OutcomeText(Outcome) : null,
        FactField.StatusCode => Number(StatusCode),
        FactField.ServerPort => Number(ServerPort),
        FactField.RateLimited => RateLimited ? "true" : "false",
        FactField.Streaming => Streaming ? "true" : "false",
        FactField.Cache => Cache switch { 1 => "hit", 2 => "miss", _ => null },
        FactField.UsageSource => UsageSource switch { 1 => "provider", 2 => "estimated", _ => null },
        FactField.CostSource => CostSource switch
        {
            1 => "provider",
            2 => "catalogue",
            3 => "estimated",
            _ => null,
        },
        FactField.UsageMissing => UsageMissing switch
        {
            1 => "not_reported",
            2 => "aborted",
            3 => "unparsed",
            _ => null,
        },
        FactField.Attempts => Number(Attempts),
        FactField.MeasuredByDriver => MeasuredByDriver ? "true" : null,
        FactField.CallScope => Scope switch { 1 => "operation", 2 => "attempt", _ => null },
        _ => null,
    };

    private static string OutcomeText(int outcome) => (LlmOutcome)outcome switch
    {
        LlmOutcome.Ok => "ok",
        LlmOutcome.Error => "error",
        LlmOutcome.Cancelled => "cancelled",
        _ => "incomplete",
    };

    private static string? Number(int value) => value == 0 ? null : value.ToString(CultureInfo.InvariantCulture);

    private static ulong Bitmask(int shift, int width) => ((1UL << width) - 1) << shift;

    private readonly int Get(int shift, int width) => (int)((_bits >> shift) & ((1UL << width) - 1));

    private void Put(int shift, int width, int value) =>
        _bits = (_bits & ~Bitmask(shift, width)) | (((ulong)value << shift) & Bitmask(shift, width));
}
