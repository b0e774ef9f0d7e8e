using LlmMetrics.Testing;

namespace LlmMetrics.Calls;

public sealed class CallBookTests
{
    private readonly ManualTimeProvider _time = new();

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(5);

    [Fact]
    public void Read_CallsOfTwoIntervals_PutsEachIntoItsOwn()
    {
        var book = Book();
        Add(book, 2);
        _time.Advance(_interval);
        Add(book, 3);
        _time.Advance(_interval * 2);

        var state = book.Read(TimeSpan.FromMinutes(1));

        Assert.Equal([2, 3, 0], state.Points.Select(static point => point.Calls));
        Assert.Equal(5, state.Recent.Calls);
        Assert.Equal(
            book.StartTime.AddSeconds(5).ToUnixTimeMilliseconds() / 1000.0, state.Points[0].Time);
    }

    [Fact]
    public void Read_PresentInterval_IsInTheTotalAlone()
    {
        var book = Book();
        Add(book, 2);

        var state = book.Read(TimeSpan.FromMinutes(1));

        Assert.Empty(state.Points);
        Assert.Equal(0, state.Recent.Calls);
        Assert.Equal(2, state.Total.Calls);
    }

    [Fact]
    public void Read_LongAfterwards_HasForgottenTheIntervalsButNotTheTotal()
    {
        var book = Book();
        Add(book, 2);
        _time.Advance(TimeSpan.FromHours(3));

        var state = book.Read(TimeSpan.FromHours(24));

        Assert.Equal(12, state.Points.Count);
        Assert.All(state.Points, static point => Assert.Equal(0, point.Calls));
        Assert.All(state.Points, static point => Assert.Null(point.P50));
        Assert.Equal(2, state.Total.Calls);
    }

    [Fact]
    public void Read_WindowOfTwoIntervals_LeavesOutWhatIsOlder()
    {
        var book = Book();
        foreach (var count in (int[])[1, 2, 4])
        {
            Add(book, count);
            _time.Advance(_interval);
        }

        Assert.Equal(6, book.Read(_interval * 2).Recent.Calls);
    }

    [Fact]
    public void OnCall_UnknownFigures_AreCountedAndNotZero()
    {
        var book = Book();
        book.OnCall(new LlmCall { RequestModel = "m", UsageMissing = UsageMissingReason.NotReported });
        book.OnCall(new LlmCall { RequestModel = "m", InputTokens = 10, OutputTokens = 5 });
        book.OnCall(new LlmCall { RequestModel = "m", InputTokens = 10, OutputTokens = 5, CostUsd = 0.25 });

        var total = book.Read(_interval).Total;

        Assert.Equal((1, 1, 0.25), (total.WithoutUsage, total.Unpriced, total.CostUsd));
        Assert.Equal((20, 10), (total.InputTokens, total.OutputTokens));
        Assert.Null(total.P50);
        Assert.Null(total.FirstChunkP95);
    }

    [Fact]
    public void OnCall_Outcomes_AreToldApart()
    {
        var book = Book();
        book.OnCall(new LlmCall { Outcome = LlmOutcome.Error, IsRateLimited = true });
        book.OnCall(new LlmCall { Outcome = LlmOutcome.Error });
        book.OnCall(new LlmCall { Outcome = LlmOutcome.Cancelled });
        book.OnCall(new LlmCall { Outcome = LlmOutcome.Incomplete });
        book.OnCall(new LlmCall());

        var total = book.Read(_interval).Total;

        Assert.Equal((5, 2, 1, 2), (total.Calls, total.Errors, total.RateLimited, total.Aborted));
    }

    [Fact]
    public void OnCall_MoreNamesThanRows_AddsUpTheRest()
    {
        var book = new CallBook(new DashboardOptions { MaxRows = 2 }, _time);
        foreach (var agent in (string[])["a", "b", "c", "d", "a"])
        {
            book.OnCall(new LlmCall { Agent = agent, Provider = "p", ResponseModel = "m" });
        }

        var state = book.Read(_interval);

        Assert.Equal(
            [("__other__", 2), ("a", 2), ("b", 1)],
            state.Agents.Select(static row => (row.Name, (int)row.Tally.Calls)));
        Assert.Equal(("m", "p", 5L), (state.Models[0].Name, state.Models[0].Provider, state.Models[0].Tally.Calls));
        Assert.Empty(state.Features);
    }

    [Fact]
    public void OnCall_HugeName_IsCut()
    {
        var book = Book();
        book.OnCall(new LlmCall { Feature = new string('x', 100_000) });

        Assert.Equal(128, book.Read(_interval).Features[0].Name.Length);
    }

    [Fact]
    public void OnCall_ManyThreads_CountsExactly()
    {
        var book = Book();
        Parallel.For(0, 20_000, _ => book.OnCall(new LlmCall { Agent = "a", InputTokens = 3, CostUsd = 0.5 }));

        var total = book.Read(_interval).Total;

        Assert.Equal((20_000, 60_000, 10_000.0), (total.Calls, total.InputTokens, total.CostUsd));
    }

    private static void Add(CallBook book, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            book.OnCall(new LlmCall { Duration = TimeSpan.FromSeconds(1) });
        }
    }

    private CallBook Book() =>
        new(new DashboardOptions { Interval = _interval, History = TimeSpan.FromMinutes(1) }, _time);
}
