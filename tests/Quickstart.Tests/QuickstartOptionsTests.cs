namespace Quickstart.Tests;

public sealed class QuickstartOptionsTests
{
    [Fact]
    public void Parse_Nothing_UsesTheSimulator()
    {
        var (options, problem) = QuickstartOptions.Parse([], static _ => null);

        Assert.Null(problem);
        Assert.Null(options.Provider);
        Assert.Equal(200, options.Requests);
        Assert.False(options.Exit);
    }

    [Fact]
    public void Parse_EveryOption_IsTaken()
    {
        var (options, problem) = QuickstartOptions.Parse(
            ["--requests", "7", "--exit", "--otlp", "http://127.0.0.1:4318", "--port", "0", "--parallel", "2",
                "--seed", "9", "--speed", "2.5", "--folder", "out", "--model", "m"],
            static _ => null);

        Assert.Null(problem);
        Assert.Equal(7, options.Requests);
        Assert.True(options.Exit);
        Assert.Equal(new Uri("http://127.0.0.1:4318"), options.Otlp);
        Assert.Equal(0, options.Port);
        Assert.Equal(2, options.Parallel);
        Assert.Equal(9, options.Seed);
        Assert.Equal(2.5, options.Speed);
        Assert.Equal("out", options.Folder);
        Assert.Equal("m", options.Model);
    }

    [Theory]
    [InlineData("OPENAI_API_KEY", "sk-test", "https://api.openai.com/v1/")]
    [InlineData("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1/")]
    public void Parse_ProviderInTheEnvironment_IsUsedSparingly(string name, string value, string address)
    {
        var (options, problem) = QuickstartOptions.Parse([], n => n == name ? value : null);

        Assert.Null(problem);
        Assert.Equal(new Uri(address), options.Provider);
        Assert.Equal(20, options.Requests);
    }

    [Theory]
    [InlineData("--requests", "0")]
    [InlineData("--requests", "-1")]
    [InlineData("--requests", null)]
    [InlineData("--otlp", "not an address")]
    [InlineData("--speed", "NaN")]
    [InlineData("--colour", "blue")]
    public void Parse_WrongArgument_IsNamed(string name, string? value)
    {
        var (_, problem) = QuickstartOptions.Parse(value is null ? [name] : [name, value], static _ => null);

        Assert.Contains(name, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_WrongBaseUrl_IsNamed()
    {
        var (_, problem) = QuickstartOptions.Parse([], static n => n == "OPENAI_BASE_URL" ? "ftp://x" : null);

        Assert.Contains("OPENAI_BASE_URL", problem, StringComparison.Ordinal);
    }
}
