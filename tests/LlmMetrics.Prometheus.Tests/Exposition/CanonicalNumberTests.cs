using System.Globalization;
using LlmMetrics.Exposition;

namespace LlmMetrics.Tests.Exposition;

public sealed class CanonicalNumberTests
{
    [Theory]
    [InlineData(0, "0.0")]
    [InlineData(1, "1.0")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(0.005, "0.005")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(0.000012, "1.2e-05")]
    [InlineData(10, "10.0")]
    [InlineData(100000, "100000.0")]
    [InlineData(1000000, "1e+06")]
    [InlineData(1048576, "1.048576e+06")]
    [InlineData(67108864, "6.7108864e+07")]
    [InlineData(123.456, "123.456")]
    [InlineData(1e23, "1e+23")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    public void Format_Bound_IsAsPrometheusSpellsIt(double value, string expected) =>
        Assert.Equal(expected, CanonicalNumber.Format(value));

    [Fact]
    public void Format_RandomNumbers_ReadBackTheSame()
    {
        var random = new Random(17);
        for (var i = 0; i < 10_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(value))
            {
                Assert.Equal(value, double.Parse(CanonicalNumber.Format(value), CultureInfo.InvariantCulture));
            }
        }
    }
}
