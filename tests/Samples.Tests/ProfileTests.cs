using System.Text.RegularExpressions;
using LlmMetrics;
using LlmMetrics.Testing;

namespace Samples.Tests;

/// <summary>Language-model, HTTP and database metrics come from profiles alone.</summary>
public sealed partial class ProfileTests
{
    public static TheoryData<string> Samples =>
        ["ExpertApi", "MigrationApi", "Voicebot", "ContentPipeline", "BrowserAgent"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sources_OutsideTheProfile_NameNoInstrumentOfIt(string sample)
    {
        var names = ProfileOf(sample).Instruments.Select(static i => i.Name).ToHashSet();
        var sources = Directory.GetFiles(Repository.PathOf($"samples/{sample}"), "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Contains("/obj/", StringComparison.Ordinal)
                && !path.Contains("/bin/", StringComparison.Ordinal));
        var profiles = sources.Where(static path => path.EndsWith("Profile.cs", StringComparison.Ordinal));

        // Dashboards and alerts ask for metrics; they cannot make any.
        var askers = sources.Where(static path => path.EndsWith("Monitoring.cs", StringComparison.Ordinal));
        var texts = sources.Except(profiles).Except(askers).SelectMany(static path => Text()
            .Matches(File.ReadAllText(path))
            .Select(match => (Path: path, Text: match.Groups["text"].Value)));

        Assert.NotEmpty(names);
        Assert.Single(profiles);
        Assert.All(texts, text => Assert.False(
            names.Contains(text.Text) || Instrument().IsMatch(text.Text), $"{text.Path}: {text.Text}"));
    }

    [Theory]
    [InlineData("intelia.llm.tokens", true)]
    [InlineData("shop.http.requests", true)]
    [InlineData("db.queries", true)]
    [InlineData("llm_calls", true)]
    [InlineData("questions", false)]
    [InlineData("https://api.groq.com/openai/v1/", false)]
    public void Instrument_Examples_AreToldApart(string text, bool isOne) =>
        Assert.Equal(isOne, Instrument().IsMatch(text));

    private static MetricProfile ProfileOf(string sample) => sample switch
    {
        "ExpertApi" => ExpertApi.ExpertProfile.Create(),
        "MigrationApi" => MigrationApi.MigrationProfile.Create(),
        "Voicebot" => Voicebot.VoicebotProfile.Create(),
        "ContentPipeline" => ContentPipeline.ContentPipelineProfile.Create(),
        _ => BrowserAgent.BrowserAgentProfile.Create(),
    };

    [GeneratedRegex("\"(?<text>[^\"\\n]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();

    [GeneratedRegex("(^|[._])(llm|http|db)[._][a-z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instrument();
}
