using Xunit;

namespace LlmMetrics.Files;

public sealed class MetricsFileNameTests
{
    [Fact]
    public void Format_Time_IsDocumentedName() =>
        Assert.Equal(
            "metrics-20250215T143045123Z.json",
            MetricsFileName.Format(Snapshots.Time.ToOffset(TimeSpan.FromHours(5)), MetricsFileName.Plain));

    [Theory]
    [InlineData("metrics-20250215T143045123Z.json")]
    [InlineData("metrics-20250215T143045123Z.json.gz")]
    public void TryParse_Own_GivesTime(string name)
    {
        Assert.True(MetricsFileName.TryParse(name, out var time));
        Assert.Equal(Snapshots.Time.AddTicks(-4567), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("metrics-")]
    [InlineData("metrics-20250215T143045123Z")]
    [InlineData("metrics-20250215T143045123Z.json.tmp")]
    [InlineData("metrics-20250215T143045123Z.json.bak")]
    [InlineData("metrics-20250215T143045123Z(1).json")]
    [InlineData("metrics-20250215T143045123Z.JSON")]
    [InlineData("Metrics-20250215T143045123Z.json")]
    [InlineData("metrics-20251315T143045123Z.json")]
    [InlineData("metrics-20250215T143045123 .json")]
    [InlineData("xmetrics-20250215T143045123Z.json")]
    public void TryParse_LookAlike_IsRefused(string name) => Assert.False(MetricsFileName.TryParse(name, out _));

    [Theory]
    [InlineData("metrics-20250215T143045123Z.json.tmp", true)]
    [InlineData("metrics-20250215T143045123Z.json.gz.tmp", true)]
    [InlineData("metrics-20250215T143045123Z.json", false)]
    [InlineData("notes.tmp", false)]
    public void IsTemporary_Name_TellsOurs(string name, bool expected) =>
        Assert.Equal(expected, MetricsFileName.IsTemporary(name));
}
