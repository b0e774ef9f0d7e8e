namespace Simulator;

/// <summary>How the simulated provider behaves.</summary>
public sealed class SimulatorOptions
{
    /// <summary>Whose formats it speaks.</summary>
    /// <value>OpenAI's.</value>
    public SimulatedProvider Provider { get; set; }

    /// <summary>Port of the HTTP/1.1 listener on 127.0.0.1.</summary>
    /// <value>0: a free one.</value>
    public int Port { get; set; }

    /// <summary>Whether a second listener speaks HTTP/2 without TLS (prior knowledge).</summary>
    /// <value>false.</value>
    public bool Http2 { get; set; }

    /// <summary>The same seed and the same requests give the same answers, whatever order they arrive in.</summary>
    /// <value>1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>Divides every delay. 1 is the pace of a real provider, infinity waits for nothing.</summary>
    /// <value>1.</value>
    public double Speed { get; set; } = 1;

    /// <summary>Mean time to the first chunk at speed 1.</summary>
    /// <value>350 ms.</value>
    public TimeSpan MeanTimeToFirstChunk { get; set; } = TimeSpan.FromMilliseconds(350);

    /// <summary>Mean time between two chunks at speed 1.</summary>
    /// <value>15 ms.</value>
    public TimeSpan MeanChunkDelay { get; set; } = TimeSpan.FromMilliseconds(15);

    /// <summary>What a 429 asks the client to wait, at speed 1.</summary>
    /// <value>1 s.</value>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Mean number of visible output tokens of an answer.</summary>
    /// <value>60.</value>
    public int MeanOutputTokens { get; set; } = 60;

    /// <summary>Tokens in one streamed chunk.</summary>
    /// <value>1.</value>
    public int TokensPerChunk { get; set; } = 1;

    /// <summary>Shortest system prompt, in tokens, that is cached when it is sent again.</summary>
    /// <value>1024.</value>
    public int CacheMinimumTokens { get; set; } = 1024;

    /// <summary>Tokens of a prompt beyond which a model refuses it with 400.</summary>
    /// <value>128,000.</value>
    public int ContextTokens { get; set; } = 128_000;

    /// <summary>How often things go wrong.</summary>
    /// <value>Never.</value>
    public FaultRates Faults { get; set; } = new();

    /// <summary>Served model by requested model or Azure deployment, before the built-in table.</summary>
    /// <value>Empty.</value>
    public IDictionary<string, string> ServedModels { get; } = new Dictionary<string, string>();

    /// <summary>Ledger entries kept. Totals stay exact beyond it.</summary>
    /// <value>1,000,000.</value>
    public int LedgerCapacity { get; set; } = 1_000_000;

    /// <summary>The clock of the delays.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal void Validate(string parameterName)
    {
        var errors = new List<string>();
        Require(Port is >= 0 and <= 65_535, "Port must be 0 to 65535.");
        Require(Enum.IsDefined(Provider), "Provider must be one that is known.");
        Require(Speed > 0, "Speed must be above 0.");
        Require(MeanTimeToFirstChunk >= TimeSpan.Zero, "MeanTimeToFirstChunk must not be negative.");
        Require(MeanChunkDelay >= TimeSpan.Zero, "MeanChunkDelay must not be negative.");
        Require(RetryAfter >= TimeSpan.Zero, "RetryAfter must not be negative.");
        Require(MeanOutputTokens is > 0 and <= 1_000_000, "MeanOutputTokens must be 1 to 1000000.");
        Require(TokensPerChunk > 0, "TokensPerChunk must be above 0.");
        Require(CacheMinimumTokens > 0, "CacheMinimumTokens must be above 0.");
        Require(ContextTokens > 0, "ContextTokens must be above 0.");
        Require(LedgerCapacity >= 0, "LedgerCapacity must not be negative.");
        Faults.Validate(errors);
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), parameterName);
        }

        void Require(bool holds, string message)
        {
            if (!holds)
            {
                errors.Add(message);
            }
        }
    }
}
