namespace LlmMetrics.Generators.Tests.Packaging;

public sealed class PackageTests
{
    private const string Settings = """
        <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <InterceptorsNamespaces>Own.Interceptors</InterceptorsNamespaces>
        """;

    [Fact]
    public async Task Build_ProjectsThatUseThePackage_MeasureByAttributeAlone()
    {
        using var consumer = new Consumer();
        await consumer.PackAsync();
        consumer.Write("Contracts/Contracts.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">{Settings}</PropertyGroup>
              <ItemGroup><PackageReference Include="LlmMetrics" Version="$VERSION$" /></ItemGroup>
            </Project>
            """);
        consumer.Write("Contracts/IAgent.cs", """
            using LlmMetrics;
            namespace Contracts;
            public interface IAgent { [Measured("decorated")] Task<int> RunAsync(int x); }
            """);

        // The app has the package only through the other project, and sets InterceptorsNamespaces itself.
        consumer.Write("App/App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">{Settings}<OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><ProjectReference Include="../Contracts/Contracts.csproj" /></ItemGroup>
            </Project>
            """);
        consumer.Write("App/Program.cs", """
            using Contracts;
            using LlmMetrics;
            using Microsoft.Extensions.DependencyInjection;

            var services = new ServiceCollection();
            services.AddMeasured<IAgent, PdfAgent>();
            await using var provider = services.BuildServiceProvider();
            await provider.GetRequiredService<IAgent>().RunAsync(1);
            await new PdfAgent().DirectAsync();
            var snapshot = provider.GetRequiredService<LlmMetricsRuntime>().GetSnapshot();
            snapshot.TryGetFamily("llm.agent.runs", out var runs);
            foreach (var series in runs)
            {
                foreach (var tag in series.Tags)
                {
                    if (tag.Key == "agent") Console.WriteLine($"{tag.Value} {series.Value}");
                }
            }

            internal sealed class PdfAgent : IAgent
            {
                public Task<int> RunAsync(int x) => Task.FromResult(x);

                [Measured("direct")] public async Task DirectAsync() => await Task.Yield();
            }
            """);

        var built = await consumer.RunAsync(
            "build", "App", "-o", "out", "-nodeReuse:false", "-p:UseSharedCompilation=false", "--tl:off");
        Assert.True(built.ExitCode == 0, built.Output + built.Error);
        var run = await consumer.RunAsync("out/App.dll");

        Assert.Equal("", run.Error);
        Assert.Equal(
            ["decorated 1", "direct 1"],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }
}
