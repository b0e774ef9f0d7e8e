namespace LlmMetrics.Generators.Tests.Interception;

[Collection(Runtimes.Name)]
public sealed class InterceptorTests
{
    private const string Agent = """
        public class Agent
        {
            [Measured("sync")] public int Sync(int x) => x + 1;
            [Measured("void", Kind = MeasuredKind.Tool)]
            public void Void(ref int x, out string y, in long z) { x++; y = "y" + z; }
            [Measured("task")] public async Task TaskAsync(CancellationToken ct = default) => await Task.Yield();
            [Measured("taskt")] public async Task<string> TaskTAsync(string s) { await Task.Yield(); return s + "!"; }
            [Measured("vt")] public async ValueTask<int> ValueTaskAsync(params int[] xs)
            { await Task.Yield(); return xs.Sum(); }
            [Measured("seq")]
            public async IAsyncEnumerable<int> Sequence([EnumeratorCancellation] CancellationToken ct = default)
            { yield return 1; await Task.Yield(); yield return 2; }
            [Measured("fail")] public Task FailAsync() => throw new FormatException("x");
            [Measured("static", Kind = MeasuredKind.Function)] public static int Static() => 7;
            [Measured("generic", Kind = MeasuredKind.Function)] public T Echo<T>(T value) => value;
            [Measured("inner")] public int Nested() => Sync(1) + this.Sync(2);
        }
        """;

    private const string Call = "public static class Program { public static object Run() => new Agent().Sync(1); }";

    [Fact]
    public async Task Run_CallsOfEveryForm_AreMeasured()
    {
        using var runtime = Metrics.Create();

        await new Source(Agent + """

            public static class Program
            {
                public static async Task Run(LlmMetricsRuntime runtime)
                {
                    var agent = new Agent();
                    if (agent.Sync(1) != 2) throw new Exception("sync");
                    var x = 1;
                    agent.Void(ref x, out var y, 5);
                    if (x != 2 || y != "y5") throw new Exception("void");
                    await agent.TaskAsync();
                    if (await agent.TaskTAsync("a") != "a!") throw new Exception("taskt");
                    if (await agent.ValueTaskAsync(1, 2, 3) != 6) throw new Exception("vt");
                    var sum = 0;
                    await foreach (var item in agent.Sequence()) sum += item;
                    if (sum != 3) throw new Exception("seq");
                    try { _ = agent.FailAsync(); throw new Exception("fail"); } catch (FormatException) { }
                    if (Agent.Static() != 7) throw new Exception("static");
                    if (agent.Echo("e") != "e" || agent.Echo(5) != 5) throw new Exception("generic");
                    if (agent?.Nested() != 5) throw new Exception("nested");
                }
            }
            """).RunAsync(runtime);

        Assert.Equal(
            [
                "1 gen_ai.agent.name=fail error.type=System.FormatException",
                "1 gen_ai.agent.name=inner",
                "1 gen_ai.agent.name=seq",
                "1 gen_ai.agent.name=task",
                "1 gen_ai.agent.name=taskt",
                "1 gen_ai.agent.name=vt",
                "3 gen_ai.agent.name=sync",
            ],
            runtime.Read(Metrics.AgentRuns));
        Assert.Equal(["1 gen_ai.tool.name=void"], runtime.Read("gen_ai.execute_tool.duration"));
        Assert.Equal(
            ["1 outcome=ok function=static", "2 outcome=ok function=generic"], runtime.Read("app.function.duration"));
    }

    [Fact]
    public async Task Run_BaseCalls_AreLeftAloneAndEnd()
    {
        using var runtime = Metrics.Create();

        var result = await new Source("""
            public class Base
            {
                [Measured("base")] public virtual int Work(int depth) => depth;
            }

            public class Derived : Base
            {
                [Measured("derived")] public override int Work(int depth) => base.Work(depth) + 1;
            }

            public class Third : Derived
            {
                public override int Work(int depth) => base.Work(depth) + 10;
            }

            public static class Program
            {
                public static object Run() => new Base().Work(0) + new Derived().Work(0) + new Third().Work(0)
                    + ((Base)new Third()).Work(0);
            }
            """).RunAsync(runtime);

        Assert.Equal(0 + 1 + 11 + 11, result);
        Assert.Equal(
            ["1 gen_ai.agent.name=derived", "2 gen_ai.agent.name=base"], runtime.Read(Metrics.AgentRuns));
    }

    [Fact]
    public async Task Run_GenericCallersAndExtensions_AreMeasuredWhereTypesAreKnown()
    {
        using var runtime = Metrics.Create();

        var result = await new Source("""
            public class Box<T>
            {
                [Measured("box")] public T Id(T value) => value;
                public int Open(T value) { Id(value); return new Plain().Work(); }
            }

            public class Plain { [Measured("plain")] public int Work() => 1; }

            public static class Extensions
            {
                [Measured("extension")] public static int Twice(this Plain plain, int by) => plain.Work() * by;
            }

            public static class Program
            {
                public static object Run()
                {
                    Func<int> lambda = () => new Plain().Twice(2);
                    int Local() => Extensions.Twice(new Plain(), 3);
                    return new Box<int>().Id(4) + new Box<string>().Open("x") + lambda() + Local();
                }
            }
            """).RunAsync(runtime);

        Assert.Equal(4 + 1 + 2 + 3, result);
        Assert.Equal(
            ["1 gen_ai.agent.name=box", "2 gen_ai.agent.name=extension", "3 gen_ai.agent.name=plain"],
            runtime.Read(Metrics.AgentRuns));
    }

    [Fact]
    public async Task Run_AllThatIsSkipped_WorksUnmeasured()
    {
        using var runtime = Metrics.Create();

        var result = await new Source("""
            public interface IWork { int Go(); }
            public struct Value { [Measured("struct")] public int Go() => 1; }
            public class Skipped : IWork
            {
                private int _x = 1;
                [Measured("iface")] public int Go() => 1;
                [Measured("private")] private int Hidden() => 1;
                [Measured("ref")] public ref int Ref() => ref _x;
                public int All()
                {
                    [Measured("local")] int Local() => 1;
                    Func<int> group = Go;
                    dynamic self = this;
                    System.Linq.Expressions.Expression<Func<Skipped, int>> tree = s => s.Go();
                    return Hidden() + Local() + group() + (int)self.Go() + ((IWork)this).Go() + Ref() + new Value().Go()
                        + new Nested().Go() + tree.Compile()(this) + nameof(Go).Length;
                }

                private class Nested { [Measured("nested")] public int Go() => 1; }
            }

            public static class Program { public static object Run() => new Skipped().All(); }
            """).RunAsync(runtime);

        Assert.Equal(11, result);
        Assert.Empty(runtime.Read(Metrics.AgentRuns));
    }

    [Fact]
    public async Task Run_SeveralRuntimesAndNoScope_RecordsNothingAndSaysSo()
    {
        using var one = Metrics.Create();
        using var two = Metrics.Create();
        await new Source(Agent + Call).RunAsync(one);
        using (two.BeginScope(feature: "f"))
        {
            await new Source(Agent + Call).RunAsync(one);
        }

        Assert.Empty(one.Read(Metrics.AgentRuns));
        Assert.Equal(["1 gen_ai.agent.name=sync"], two.Read(Metrics.AgentRuns));
        Assert.Equal(["1 reason=ambiguous_runtime"], one.Read("llmmetrics.dropped"));
        Assert.Equal(["1 reason=ambiguous_runtime"], two.Read("llmmetrics.dropped"));
    }

    [Fact]
    public async Task Run_NoRuntimeAtAll_WorksUnmeasured()
    {
        Assert.Equal(2, await new Source(Agent + Call).RunAsync(null));
    }

    [Fact]
    public void Generate_NotSwitchedOn_GivesNothing()
    {
        var source = new Source(Agent + Call, canIntercept: false);

        Assert.Empty(source.Generate());
    }

    [Fact]
    public void Generate_Calls_GivesTheApprovedText()
    {
        var files = new Source("""
            public class Agent
            {
                [Measured("pdf \"analyzer\"")]
                public Task<string?> AnalyzeAsync(string pdf, CancellationToken ct) => Task.FromResult<string?>(pdf);
                [Measured("tool", Kind = MeasuredKind.Tool)] public void Use(ref int @class) { }
                [Measured("s", Kind = MeasuredKind.Workflow)]
                public IAsyncEnumerable<int> All() => throw new Exception();
            }

            public static class Program
            {
                public static void Run(Agent agent)
                {
                    var x = 1;
                    agent.Use(ref x);
                    _ = agent.AnalyzeAsync("a", default);
                    _ = agent.AnalyzeAsync("b", default);
                    _ = agent.All();
                }
            }
            """).Generate();

        LlmMetrics.Testing.Snapshot.Verify(Assert.Single(files).Value, extension: "cs.txt");
    }
}
