namespace LlmMetrics.Pricing;

/// <summary>The rates of one model under one set of conditions, in US dollars as price files give them.</summary>
internal sealed class RateCard
{
    /// <summary>What calls are charged by; all else is a part of these.</summary>
    private static readonly Rate[] _wholes =
    [
        Rate.Input, Rate.Output, Rate.InputAudio, Rate.OutputAudio, Rate.InputImage, Rate.OutputImage, Rate.InputVideo,
        Rate.OutputVideo, Rate.Requests, Rate.WebSearches, Rate.Characters, Rate.Images, Rate.Pages, Rate.AudioHours,
    ];

    /// <summary>What makes a price more than one of text, cached or not, and of searches.</summary>
    private static readonly Rate[] _beyondText =
    [
        Rate.Reasoning, Rate.InputAudio, Rate.OutputAudio, Rate.InputImage, Rate.OutputImage, Rate.InputVideo,
        Rate.OutputVideo, Rate.Citation, Rate.Requests, Rate.Characters, Rate.Images, Rate.Pages, Rate.AudioHours,
        Rate.Unmeasured,
    ];

    private readonly double[] _rates;

    /// <summary>Takes over the array, in which NaN says that there is no such rate.</summary>
    public RateCard(double[] rates)
    {
        _rates = rates;
        if (rates[(int)Rate.Unmeasured] is 0)
        {
            // What costs nothing need not be measured.
            rates[(int)Rate.Unmeasured] = double.NaN;
        }

        if (!Array.Exists(_wholes, Has))
        {
            // Rates of parts, or of what no call tells, say nothing about what ordinary calls cost.
            rates[(int)Rate.Unmeasured] = 1;
        }

        var charged = rates.Where(static (_, index) => index != (int)Rate.MinimumAudioSeconds).ToArray();
        IsFree = Array.Exists(charged, static rate => rate is 0)
            && Array.TrueForAll(charged, static rate => rate is 0 or double.NaN);
        IsPlain = Has(Rate.Input) && Has(Rate.Output) && !Array.Exists(_beyondText, Has);
        HasWrites = Has(Rate.CacheWrite) || Has(Rate.CacheWrite1Hour);
    }

    /// <summary>Whether nothing is charged, whatever was used.</summary>
    public bool IsFree { get; }

    /// <summary>Whether text in and out (cached or not) and searches are all that is charged.</summary>
    public bool IsPlain { get; }

    /// <summary>Whether what is written to the provider's cache has a rate of its own.</summary>
    public bool HasWrites { get; }

    public double this[Rate rate] => _rates[(int)rate];

    public static double[] Unset()
    {
        var rates = new double[RateNames.Count];
        Array.Fill(rates, double.NaN);
        return rates;
    }

    public bool Has(Rate rate) => !double.IsNaN(_rates[(int)rate]);

    /// <summary>The first of the two that exists, or NaN.</summary>
    public double Either(Rate rate, Rate otherwise) => Has(rate) ? this[rate] : this[otherwise];
}
