using System.Net;
using System.Net.Http.Headers;
using Samples.Tests.Running;

namespace Samples.Tests;

/// <summary>Who may read the metrics, and where they are.</summary>
[Collection(SharedSamples.Name)]
public sealed class AccessTests(RunningSamples samples)
{
    [SkippableTheory]
    [InlineData("/metrics", null)]
    [InlineData("/api/metrics", null)]
    [InlineData("/metrics", "Bearer wrong-token-of-some-length")]
    [InlineData("/metrics", "Basic YTpi")]
    public async Task ExpertApi_WithoutTheRightToken_TellsNothing(string path, string? credentials)
    {
        samples.Require();
        using var answer = await GetAsync("ExpertApi", path, credentials);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        Assert.DoesNotContain("intelia", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("/metrics")]
    [InlineData("/api/metrics")]
    public async Task ExpertApi_WithTheToken_TellsAll(string path)
    {
        samples.Require();
        using var answer = await GetAsync("ExpertApi", path, $"Bearer {RunningSamples.ExpertToken}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(
            "intelia_llm_requests_total", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("/")]
    [InlineData("/metrics")]
    public async Task Voicebot_BothPathsOfItsListener_Answer(string path)
    {
        samples.Require();
        using var answer = await GetAsync("Voicebot", path, credentials: null);

        Assert.Contains("voicebot_calls_total", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("ExpertApi")]
    [InlineData("MigrationApi")]
    [InlineData("Voicebot")]
    [InlineData("ContentPipeline")]
    public void Output_OfASample_TellsWhereTheMetricsAre(string sample)
    {
        samples.Require();
        var line = Assert.Single(samples.Sample(sample).Lines("metrics: "));

        Assert.Contains(samples.Pages[sample].GetLeftPart(UriPartial.Authority), line, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningSamples.ExpertToken, line, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> GetAsync(string sample, string path, string? credentials)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization =
            credentials is null ? null : AuthenticationHeaderValue.Parse(credentials);
        return await http.GetAsync(new Uri(samples.Pages[sample], path));
    }
}
