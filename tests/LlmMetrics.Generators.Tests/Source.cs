using System.Collections.Immutable;
using LlmMetrics.Generators.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LlmMetrics.Generators.Tests;

/// <summary>A small project in a string.</summary>
internal sealed class Source
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Runtime.CompilerServices;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using LlmMetrics;
        global using Microsoft.Extensions.DependencyInjection;
        """;

    private static readonly Lazy<ImmutableArray<MetadataReference>> _references = new(static () =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("LlmMetrics.Generators", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ]);

    private readonly CSharpParseOptions _options;

    public Source(string text, bool canIntercept = true)
    {
        _options = new CSharpParseOptions(LanguageVersion.CSharp13);
        if (canIntercept)
        {
            _options = _options.WithFeatures(
                [new KeyValuePair<string, string>("InterceptorsNamespaces", "Other;LlmMetrics.Generated")]);
        }

        Compilation = CSharpCompilation.Create(
            "Sample" + Guid.NewGuid().ToString("N"),
            [Parse(Usings, "Usings.cs"), Parse(text, "Sample.cs")],
            _references.Value,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
    }

    public CSharpCompilation Compilation { get; private set; }

    public SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, _options, path, System.Text.Encoding.UTF8);

    public GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new MeasuredGenerator().AsSourceGenerator()],
        parseOptions: _options,
        driverOptions: new GeneratorDriverOptions(
            IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The generated files by name; fails unless all of it compiles without a warning.</summary>
    public IReadOnlyDictionary<string, string> Generate() => Generate(out _);

    public IReadOnlyDictionary<string, string> Generate(out Compilation output)
    {
        var result = Driver().RunGeneratorsAndUpdateCompilation(
            Compilation, out output, out var diagnostics, CancellationToken.None).GetRunResult();
        Assert.Empty(diagnostics);
        Assert.Null(result.Results[0].Exception);
        Assert.Empty(output.GetDiagnostics().Where(static d => d.Severity >= DiagnosticSeverity.Warning));
        return result.Results[0].GeneratedSources
            .ToDictionary(static source => source.HintName, static source => source.SourceText.ToString());
    }

    /// <summary>Compiles it with what is generated, and loads it.</summary>
    public System.Reflection.Assembly Load()
    {
        Generate(out var output);
        using var image = new MemoryStream();
        var emitted = output.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return System.Reflection.Assembly.Load(image.ToArray());
    }

    /// <summary>Runs <c>Program.Run(runtime)</c>, which may be asynchronous.</summary>
    public async Task<object?> RunAsync(LlmMetricsRuntime? runtime)
    {
        var run = Load().GetType("Program")!.GetMethod("Run")!;
        var result = run.Invoke(null, run.GetParameters().Length == 0 ? [] : [runtime]);
        if (result is Task task)
        {
            await task;
        }

        return result;
    }

    /// <summary>What the analyzer says: id and the text it points at.</summary>
    public async Task<string[]> AnalyzeAsync()
    {
        Assert.Empty(Compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
        var diagnostics = await Compilation
            .WithAnalyzers([new MeasuredAnalyzer()])
            .GetAnalyzerDiagnosticsAsync();
        return
        [
            .. diagnostics.OrderBy(static d => d.Location.SourceSpan.Start).Select(static d =>
                $"{d.Id}: {d.Location.SourceTree!.GetText().ToString(d.Location.SourceSpan)}"),
        ];
    }
}
