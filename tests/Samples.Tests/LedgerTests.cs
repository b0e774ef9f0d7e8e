using Samples.Tests.Running;
using Simulator;

namespace Samples.Tests;

/// <summary>What was measured is what the providers served and the driver did.</summary>
[Collection(SharedSamples.Name)]
public sealed class LedgerTests(RunningSamples samples)
{
    [SkippableFact]
    public async Task ExpertApi_EveryModel_IsCountedAsItWasServed()
    {
        samples.Require();
        foreach (var model in samples.Ledger("ExpertApi").All.GroupBy(static t => t.ServedModel ?? t.RequestedModel!))
        {
            await EqualAsync(model.Sum(Completed), $"intelia_llm_requests_total{{{Of(model.Key)},status=\"success\"}}");
            await EqualAsync(model.Sum(Failed), $"intelia_llm_requests_total{{{Of(model.Key)},status=\"error\"}}");
            await EqualAsync(model.Sum(Requests), $"intelia_llm_request_duration_seconds_count{{{Of(model.Key)}}}");
            await EqualAsync(Input(model), $"intelia_llm_tokens_total{{{Of(model.Key)},type=\"prompt\"}}");
            await EqualAsync(Output(model), $"intelia_llm_tokens_total{{{Of(model.Key)},type=\"completion\"}}");
        }

        Assert.Contains(samples.Ledger("ExpertApi").All, static total => Failed(total) > 0);
        await EqualAsync(samples.Ledger("ExpertApi").All.Sum(Requests), "intelia_llm_requests_total");
    }

    [SkippableTheory]
    [InlineData("intelia_db_queries_total")]
    [InlineData("intelia_db_query_duration_seconds_count")]
    public async Task ExpertApi_Database_IsCountedAsTheDriverDoes(string metric)
    {
        samples.Require();
        var driver = await samples.SumAsync("db_client_operation_duration_seconds_count{job=\"expert-api\"}");

        Assert.True(driver > 100);
        await EqualAsync(driver, metric);
    }

    [SkippableTheory]
    [InlineData("expert-api", "intelia_http_requests_total")]
    [InlineData("expert-api", "intelia_http_request_duration_seconds_count")]
    [InlineData("testboost-api", "testboost_http_request_duration_seconds_count")]
    public async Task HttpServer_Requests_AreCountedAsTheFrameworkDoes(string job, string metric)
    {
        samples.Require();
        var framework = await samples.SumAsync($"http_server_request_duration_seconds_count{{job=\"{job}\"}}");

        Assert.True(framework > 100);
        await EqualAsync(framework, metric);
    }

    [SkippableTheory]
    [InlineData("openai")]
    [InlineData("groq")]
    [InlineData("deepseek")]
    public async Task MigrationApi_EveryProvider_IsCountedAsItHasServed(string provider)
    {
        samples.Require();
        var served = samples.Ledger("MigrationApi")[provider];

        Assert.True(served.Sum(static t => t.RateLimited) > 0);
        await EqualAsync(served.Sum(Requests), $"testboost_llm_calls_total{{provider=\"{provider}\"}}");
        await EqualAsync(
            served.Sum(Requests), $"testboost_llm_request_duration_seconds_count{{provider=\"{provider}\"}}");
        await EqualAsync(served.Sum(Failed), $"testboost_llm_errors_total{{provider=\"{provider}\"}}");
        await EqualAsync(
            served.Sum(static t => t.RateLimited), $"testboost_llm_rate_limit_total{{provider=\"{provider}\"}}");
    }

    [SkippableFact]
    public async Task Voicebot_EveryProvider_IsCountedAsItHasServed()
    {
        samples.Require();
        var ledger = samples.Ledger("Voicebot");
        await EqualAsync(ledger["deepgram"].Sum(Requests), "voicebot_deepgram_requests_total");
        await EqualAsync(ledger["deepgram"].Sum(Requests), "voicebot_stt_response_seconds_count");
        await EqualAsync(ledger["deepgram"].Sum(static t => t.AudioSeconds), "voicebot_deepgram_audio_seconds_total");
        await EqualAsync(ledger["groq"].Sum(Requests), "voicebot_groq_requests_total");
        await EqualAsync(ledger["groq"].Sum(Requests), "voicebot_llm_response_seconds_count");
        await EqualAsync(Input(ledger["groq"]), "voicebot_groq_tokens_input_total");
        await EqualAsync(Output(ledger["groq"]), "voicebot_groq_tokens_output_total");
        await EqualAsync(
            ledger["elevenlabs"].Sum(Requests), "voicebot_elevenlabs_requests_total{type=\"api_call\"}");
        await EqualAsync(
            ledger["elevenlabs"].Sum(Requests), "voicebot_tts_response_seconds_count{source=\"elevenlabs\"}");
        await EqualAsync(ledger["elevenlabs"].Sum(static t => t.Characters), "voicebot_elevenlabs_characters_total");
    }

    [SkippableFact]
    public async Task ContentPipeline_AllAgents_AreCountedAsTheModelWasServed()
    {
        samples.Require();
        var ledger = samples.Ledger("ContentPipeline").All.ToArray();
        await EqualAsync(Input(ledger), "{__name__=~\"agent_.+_api_tokens_prompt_total\"}");
        await EqualAsync(Output(ledger), "{__name__=~\"agent_.+_api_tokens_completion_total\"}");
        await EqualAsync(Input(ledger) + Output(ledger), "{__name__=~\"agent_.+_api_tokens_total\"}");
        await EqualAsync(
            ledger.Sum(Completed), "{__name__=~\"agent_.+_api_response_time_seconds_count\",status_code=\"200\"}");

        // Calls are operations here: their tries are in the ledger, and only what failed for good is an error.
        var calls = await samples.SumAsync("{__name__=~\"agent_.+_api_calls_total\"}");
        Assert.InRange(calls, ledger.Sum(Completed) + 1, ledger.Sum(Requests) - 1);
        await EqualAsync(calls - ledger.Sum(Completed), "{__name__=~\"agent_.+_api_errors_total\"}");
    }

    private static string Of(string model) => $"model=\"{model}\"";

    private static long Requests(LedgerTotal total) => total.Requests;

    private static long Completed(LedgerTotal total) =>
        total.Outcome == LedgerOutcome.Completed ? total.Requests : 0;

    private static long Failed(LedgerTotal total) => total.Requests - Completed(total);

    private static long Input(IEnumerable<LedgerTotal> totals) => totals.Sum(static t => t.InputTokens);

    private static long Output(IEnumerable<LedgerTotal> totals) => totals.Sum(static t => t.OutputTokens);

    /// <summary>A series that was never counted is not there, which for a ledger's zero is right.</summary>
    private async Task EqualAsync(double expected, string query) =>
        Assert.Equal((query, expected), (query, await samples.SumAsync(query)));
}
