namespace LlmMetrics.Tests.Http;

/// <summary>Sends bodies through the handler, all with one runtime, and keeps the last call.</summary>
internal sealed class FixtureRunner : ILlmCallObserver, IDisposable
{
    private readonly LlmMetricsRuntime _runtime;
    private LlmCall _last;
    private int _calls;

    public FixtureRunner() => _runtime = TestRuntime.Create(this);

    /// <summary>Sends a body, which must come through as it is and be recorded once; gives the record.</summary>
    public async Task<LlmCall> SendAsync(Fixture fixture, byte[] body, ChunkPlan plan, string? encoding, string how)
    {
        using var inner = new ScriptedHandler(body, plan, fixture.ContentType)
        {
            ContentEncoding = encoding,
            Headers = fixture.Headers,
        };
        using var invoker = new HttpMessageInvoker(new LlmMetricsHandler(_runtime, inner));
        using var request = fixture.Request();
        var before = _calls;
        using var response = await invoker.SendAsync(request, CancellationToken.None);
        using var target = new MemoryStream();
        await (await response.Content.ReadAsStreamAsync()).CopyToAsync(target);

        Assert.True(body.AsSpan().SequenceEqual(target.ToArray()), $"{how}: other bytes");
        Assert.True(_calls == before + 1, $"{how}: recorded {_calls - before} times");
        return _last;
    }

    /// <summary>The same, and the record must be the one that the fixture says.</summary>
    public async Task VerifyAsync(Fixture fixture, byte[] body, ChunkPlan plan, string? encoding, string how)
    {
        var call = await SendAsync(fixture, body, plan, encoding, how);
        Assert.True(call.RequestModel == "asked" || fixture.AsksForNothing, $"{how}: {call.RequestModel}");
        fixture.Verify(call, how);
    }

    /// <summary>
    /// The same for a damaged body: whatever is left of it, what is not known must be counted as missing.
    /// </summary>
    public async Task SendDamagedAsync(Fixture fixture, byte[] body, ChunkPlan plan, string how)
    {
        var call = await SendAsync(fixture, body, plan, null, how);
        var isKnown = (call.InputTokens ?? call.OutputTokens) is not null
            || (call.Characters ?? call.Images ?? call.Pages) is not null
            || call.AudioSeconds is not null;
        Assert.True(
            isKnown || call.UsageMissing != UsageMissingReason.None, $"{how}: neither known nor counted as missing");
        Assert.True((call.InputTokens ?? 0) >= 0 && (call.OutputTokens ?? 0) >= 0, $"{how}: negative");
        Assert.True(
            !((call.CachedInputTokens ?? 0) + (call.CacheWriteInputTokens ?? 0) > call.InputTokens),
            $"{how}: more cached than there was");
        Assert.True(!(call.ReasoningOutputTokens > call.OutputTokens), $"{how}: more reasoning than there was");
    }

    /// <summary>Nothing may have gone wrong within.</summary>
    public void VerifyNothingFailed()
    {
        using var snapshot = _runtime.GetSnapshot();
        Assert.Equal(double.NaN, snapshot.Sum("llmmetrics.dropped", ("reason", "http_response_scan")));
        Assert.Equal(double.NaN, snapshot.Sum("llmmetrics.dropped", ("reason", "http_request_scan")));
        Assert.Equal(double.NaN, snapshot.Sum("llmmetrics.dropped", ("reason", "http_observation")));
    }

    public void OnCall(in LlmCall llmCall) => (_last, _calls) = (llmCall, _calls + 1);

    public void Dispose() => _runtime.Dispose();
}
