namespace Simulator;

/// <summary>Share of requests, 0 to 1, that each fault strikes. All are 0 by default.</summary>
public sealed class FaultRates
{
    /// <summary>Requests answered with status 500.</summary>
    public double ServerError { get; set; }

    /// <summary>Requests answered with status 429, retry-after and x-ratelimit headers.</summary>
    public double RateLimited { get; set; }

    /// <summary>Streams whose connection the server cuts midway.</summary>
    public double AbortedStream { get; set; }

    /// <summary>Streams that report an error after their status 200.</summary>
    public double ErrorInStream { get; set; }

    /// <summary>Streams and answers that take ten times as long.</summary>
    public double Slow { get; set; }

    /// <summary>Streams that end well without the usage they were asked for.</summary>
    public double StreamWithoutUsage { get; set; }

    /// <summary>Plain answers that carry no usage.</summary>
    public double MissingUsage { get; set; }

    /// <summary>Rates of a bad day at a real provider: each fault shows up in a few hundred requests.</summary>
    public static FaultRates Realistic => new()
    {
        ServerError = 0.02,
        RateLimited = 0.03,
        AbortedStream = 0.03,
        ErrorInStream = 0.02,
        Slow = 0.02,
        StreamWithoutUsage = 0.02,
        MissingUsage = 0.01,
    };

    internal void Validate(List<string> errors)
    {
        Check(ServerError, nameof(ServerError));
        Check(RateLimited, nameof(RateLimited));
        Check(AbortedStream, nameof(AbortedStream));
        Check(ErrorInStream, nameof(ErrorInStream));
        Check(Slow, nameof(Slow));
        Check(StreamWithoutUsage, nameof(StreamWithoutUsage));
        Check(MissingUsage, nameof(MissingUsage));

        void Check(double rate, string name)
        {
            if (!(rate is >= 0 and <= 1))
            {
                errors.Add($"Faults.{name} must be 0 to 1.");
            }
        }
    }
}
