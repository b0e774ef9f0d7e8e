using LlmMetrics.Workload.Planning;
using Xunit;

namespace LlmMetrics.Workload.Costs;

public sealed class ProviderPricesTests
{
    private static readonly PriceCatalogue _prices = PriceCatalogue.Empty
        .With("one", "my-llama-3.1-8b", new ModelRates { InputPerMillion = 1, OutputPerMillion = 2 })
        .With("one", "cheap", new ModelRates { InputPerMillion = 0.1, OutputPerMillion = 0.1 })
        .With("two", "other", new ModelRates { InputPerMillion = 10, OutputPerMillion = 20 })
        .With("three", "embedder", new ModelRates { InputPerMillion = 0.01 })
        .With("four", "*", new ModelRates { InputPerMillion = 1, OutputPerMillion = 1 });

    private static readonly WorkloadOptions _options = new() { Users = [100], Prices = _prices, GpuHourUsd = 2 };

    [Fact]
    public void Plan_Catalogue_PricesTheSameLoadAtEachProvider()
    {
        var plan = WorkloadPlanner.Plan(Seed.Measurement, _options);

        Assert.Equal(["one", "two"], plan.Providers.Select(static p => p.Provider));
        Assert.Equal("my-llama-3.1-8b", plan.Providers[0].Model);
        Assert.True(plan.Providers[0].IsSameModel);
        Assert.False(plan.Providers[1].IsSameModel);

        // 38,000 input and 57,000 output tokens a day, 30 days.
        Assert.Equal(30 * ((38_000 * 1) + (57_000 * 2)) / 1e6, plan.Providers[0].UsdPerUserMonth, 2);
        Assert.Equal(30 * ((38_000 * 10) + (57_000 * 20)) / 1e6, plan.Providers[1].UsdPerUserMonth, 1);
    }

    [Fact]
    public void Plan_Crossing_IsTheFewestUsersWhoPayForTheGpus()
    {
        var plan = WorkloadPlanner.Plan(Seed.Measurement, _options);

        // One GPU is 2 × 720 $ a month, and does for so few users.
        var perUser = plan.Providers[1].UsdPerUserMonth;
        Assert.Equal((long)Math.Ceiling(1440 / perUser), plan.Providers[1].CrossingUsers);
        Assert.Equal(1440, plan.Users[0].GpuMonthUsd);
        Assert.Equal(plan.CostCurve.Select(static p => p.Gpus).Order(), plan.CostCurve.Select(static p => p.Gpus));
    }

    [Fact]
    public void Plan_NoPriceOfAGpu_LeavesOwningOut()
    {
        var plan = WorkloadPlanner.Plan(Seed.Measurement, _options with { GpuHourUsd = null });

        Assert.Empty(plan.CostCurve);
        Assert.NotEmpty(plan.Providers);
        Assert.All(plan.Providers, static provider => Assert.Null(provider.CrossingUsers));
        Assert.Null(plan.Users[0].GpuMonthUsd);
    }
}
