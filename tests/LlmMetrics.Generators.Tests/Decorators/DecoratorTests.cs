namespace LlmMetrics.Generators.Tests.Decorators;

[Collection(Runtimes.Name)]
public sealed class DecoratorTests
{
    private const string Interfaces = """
        namespace My.Agents
        {
            public interface INamed { string Name { get; set; } int Same(); }

            public interface IAgent : INamed, IDisposable
            {
                [Measured("pdf_analyzer")]
                Task<string?> AnalyzeAsync(string pdf, CancellationToken cancellationToken = default);
                [Measured("notify", Kind = MeasuredKind.Tool)] ValueTask NotifyAsync(int times);
                [Measured("stream")]
                IAsyncEnumerable<int> StreamAsync(int to, CancellationToken cancellationToken = default);
                [Measured("nightly", Kind = MeasuredKind.Workflow)]
                int Run(ref int x, out string y, params string[] rest);
                [Measured("load", Kind = MeasuredKind.Function)] T? Load<T>(T? value) where T : class, new();
                TValue? Keep<TValue>(TValue? value) where TValue : notnull;
                new int Same();
                int this[int index, string key] { get; set; }
                event EventHandler? Changed;
                int Default() => 42;
                static int Shared => 1;
            }
        }
        """;

    private const string Implementation = """

        public sealed class PdfAgent : My.Agents.IAgent
        {
            public static int Disposed;
            public string Name { get; set; } = "pdf";
            public event EventHandler? Changed;
            public int this[int index, string key] { get => index; set => Changed?.Invoke(this, EventArgs.Empty); }
            public async Task<string?> AnalyzeAsync(string pdf, CancellationToken ct)
            { await Task.Yield(); return pdf + "!"; }
            public ValueTask NotifyAsync(int times) => times > 0 ? default : throw new FormatException();
            public async IAsyncEnumerable<int> StreamAsync(int to, [EnumeratorCancellation] CancellationToken ct)
            { for (var i = 0; i < to; i++) { await Task.Yield(); yield return i; } }
            public int Run(ref int x, out string y, params string[] rest) { x++; y = "y"; return rest.Length; }
            public T? Load<T>(T? value) where T : class, new() => value;
            public TValue? Keep<TValue>(TValue? value) where TValue : notnull => value;
            public int Same() => 1;
            int My.Agents.INamed.Same() => 2;
            public void Dispose() => Disposed++;
        }
        """;

    private const string Program = """

        public static class Program
        {
            public static async Task Run(LlmMetricsRuntime runtime)
            {
                using var provider = new ServiceCollection().AddSingleton(runtime)
                    .AddMeasured<My.Agents.IAgent, PdfAgent>().BuildServiceProvider();
                var agent = provider.GetRequiredService<My.Agents.IAgent>();
                Equal(false, agent is PdfAgent);
                Equal("a!", await agent.AnalyzeAsync("a"));
                await agent.NotifyAsync(1);
                try { await agent.NotifyAsync(0); throw new Exception(); } catch (FormatException) { }
                await foreach (var i in agent.StreamAsync(3)) { }
                await foreach (var i in agent.StreamAsync(3)) { break; }
                var x = 1;
                Equal(2, agent.Run(ref x, out var y, "a", "b"));
                Equal(2, x);
                Equal("y", y);
                var o = new object();
                Equal(o, agent.Load(o));
                Equal(5, agent.Keep(5));
                Equal(1, agent.Same());
                Equal(2, ((My.Agents.INamed)agent).Same());
                agent.Name = "new";
                Equal("new", agent.Name);
                var changed = 0;
                EventHandler handler = (_, _) => changed++;
                agent.Changed += handler;
                agent[1, "k"] = 2;
                agent.Changed -= handler;
                agent[1, "k"] = 2;
                Equal(1, changed);
                Equal(7, agent[7, "k"]);
                Equal(42, agent.Default());
                agent.Dispose();
                Equal(1, PdfAgent.Disposed);
            }

            private static void Equal<T>(T expected, T actual)
            { if (!Equals(expected, actual)) throw new Exception($"{expected} != {actual}"); }
        }
        """;

    [Fact]
    public async Task AddMeasured_InterfaceWithAllKindsOfMembers_MeasuresAndHandsOn()
    {
        using var runtime = Metrics.Create();

        await new Source(Interfaces + Implementation + Program).RunAsync(runtime);

        Assert.Equal(
            [
                "1 outcome=cancelled agent=stream",
                "1 outcome=ok agent=pdf_analyzer",
                "1 outcome=ok agent=stream",
            ],
            runtime.Read("llm.agent.runs"));
        Assert.Equal(
            ["1 gen_ai.tool.name=notify", "1 gen_ai.tool.name=notify error.type=System.FormatException"],
            runtime.Read("gen_ai.execute_tool.duration"));
        Assert.Equal(["1 gen_ai.workflow.name=nightly"], runtime.Read("gen_ai.invoke_workflow.duration"));
        Assert.Equal(["1 outcome=ok function=load"], runtime.Read("app.function.duration"));
    }

    [Fact]
    public async Task AddMeasured_BothInterfaceAndClassMeasured_CountsOnce()
    {
        using var runtime = Metrics.Create();

        await new Source("""
            public interface IWork { [Measured("work")] int Go(); }
            public class Work : IWork { [Measured("work")] public int Go() => 1; }

            public static class Program
            {
                public static void Run(LlmMetricsRuntime runtime)
                {
                    using var provider = new ServiceCollection().AddSingleton(runtime)
                        .AddMeasured<IWork, Work>(ServiceLifetime.Scoped).BuildServiceProvider(validateScopes: true);
                    using var scope = provider.CreateScope();
                    scope.ServiceProvider.GetRequiredService<IWork>().Go();
                }
            }
            """).RunAsync(runtime);

        Assert.Equal(["1 outcome=ok agent=work"], runtime.Read("llm.agent.runs"));
    }

    [Fact]
    public async Task AddMeasured_NothingGenerated_SaysWhatToDo()
    {
        var exception = await Record.ExceptionAsync(() => new Source("""
            public interface IPlain { int Go(); }
            public class Plain : IPlain { public int Go() => 1; }
            public static class Program
            {
                public static void Run() => new ServiceCollection().AddMeasured<IPlain, Plain>();
            }
            """).RunAsync(null));

        var inner = Assert.IsType<InvalidOperationException>(exception!.InnerException);
        Assert.Contains("[Measured]", inner.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_InterfacesThatCannotBeDecorated_GivesNothing()
    {
        Assert.Empty(new Source("""
            public interface IGeneric<T> { [Measured("a")] T Go(); }
            public interface IRef { [Measured("a")] int Go(); ref int Ref(); }
            public interface IInit { [Measured("a")] int Go(); int X { get; init; } }
            public interface IStatic { [Measured("a")] int Go(); static abstract int Make(); }
            public interface IProtected { [Measured("a")] int Go(); protected int Inner(); }
            public interface ISealed { [Measured("a")] sealed int Go() => 1; }
            file interface IFile { [Measured("a")] int Go(); }
            public class Outer { private interface IHidden { [Measured("a")] int Go(); } }
            """).Generate());
    }

    [Fact]
    public void Generate_NamesThatLookAlike_GivesFilesOfTheirOwn()
    {
        var files = new Source("""
            namespace A.B { public interface IWork { [Measured("a")] int Go(); [Measured("b")] int Stop(); } }
            namespace A { public class B_ { public interface IWork { [Measured("a")] int Go(); } } }
            namespace A { public interface B_IWork { [Measured("a")] int Go(); } }
            """).Generate();

        Assert.Equal(3, files.Count);
    }

    [Fact]
    public void Generate_Interface_GivesTheApprovedText() =>
        LlmMetrics.Testing.Snapshot.Verify(
            Assert.Single(new Source(Interfaces).Generate()).Value, extension: "cs.txt");
}
