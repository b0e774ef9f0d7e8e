using LlmMetrics.Endpoint;
using LlmMetrics.Exposition;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Endpoint;

public sealed class NegotiationTests
{
    private const string Prometheus2 =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private const string Prometheus3 =
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
        + "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
        + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

    [Theory]
    [InlineData(Prometheus2)]
    [InlineData(Prometheus3)]
    [InlineData("application/openmetrics-text")]
    [InlineData("APPLICATION/OPENMETRICS-TEXT; Version=\"1.0.0\"; Q=1")]
    [InlineData("application/openmetrics-text;q=0.5, text/plain;q=0.5")]
    [InlineData("application/openmetrics-text;q=0.5, text/plain;q=0")]
    internal void Format_OpenMetricsWanted_IsOpenMetrics(string accept) =>
        Assert.Equal(ExpositionFormat.OpenMetrics, Negotiation.Format(accept));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*/*")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8")]
    [InlineData("text/plain;version=0.0.4")]
    [InlineData("application/openmetrics-text;q=0")]
    [InlineData("application/openmetrics-text;q=0,text/plain;q=0")]
    [InlineData("application/openmetrics-text;version=0.0.1")]
    [InlineData("application/openmetrics-text;version=2.0.0,text/plain;q=0.1")]
    [InlineData("application/openmetrics-text;q=0.4, text/plain;q=0.5")]
    [InlineData("application/openmetrics-text;q=0.4, */*")]
    [InlineData("application/openmetrics-text;q=NaN")]
    [InlineData("application/openmetrics-text;q=-1")]
    [InlineData("application/openmetrics-text;q=2")]
    [InlineData("application/openmetrics-text;q=0,5")]
    [InlineData("application/json")]
    [InlineData(";;;,,,===;q=,\"\u00ff\0")]
    internal void Format_OtherwiseOrGarbage_IsText(string? accept) =>
        Assert.Equal(ExpositionFormat.Text, Negotiation.Format(accept));

    [Fact]
    public void Format_SeveralHeaders_AreOneList() =>
        Assert.Equal(
            ExpositionFormat.OpenMetrics,
            Negotiation.Format(new(["text/plain;q=0.3", "application/openmetrics-text;version=1.0.0"])));

    [Fact]
    public void Format_RandomGarbage_NeverThrows() => Fuzz(20_000);

    [LongFact]
    public void Format_MillionTimesRandomGarbage_NeverThrows() => Fuzz(1_000_000);

    private static void Fuzz(int rounds)
    {
        const string alphabet = "ab/;,=q. 01\"*\t\0\u00e9version";
        var random = new Random(5);
        for (var i = 0; i < rounds; i++)
        {
            var accept = string.Create(random.Next(60), random, static (text, r) =>
            {
                foreach (ref var c in text)
                {
                    c = alphabet[r.Next(alphabet.Length)];
                }
            });
            Assert.Equal(ExpositionFormat.Text, Negotiation.Format(accept));
            Assert.False(Negotiation.Gzip(accept) && !accept.Contains('*', StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("deflate, GZIP;q=0.5", true)]
    [InlineData("*", true)]
    [InlineData("x-gzip", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("gzip;q=0, *", false)]
    [InlineData("gzip;q=0.2, identity;q=0.5", false)]
    [InlineData("br, deflate", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Gzip_AcceptEncoding_IsHonoured(string? header, bool expected) =>
        Assert.Equal(expected, Negotiation.Gzip(header));
}
