using Microsoft.CodeAnalysis.CSharp;

namespace LlmMetrics.Generators.Models;

/// <summary>Writes the body that measures a call.</summary>
internal static class BodyWriter
{
    private const string Calls = "global::LlmMetrics.MeasuredCalls";

    /// <summary>Writes it, with names that no parameter can have.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="method">The method.</param>
    /// <param name="target">What it is called on, such as <c>_inner.Run</c>.</param>
    /// <param name="metrics">The runtime with a comma behind it; nothing to have it looked for.</param>
    public static void Write(CodeWriter code, MethodModel method, string target, string metrics)
    {
        var measurement = method.Measurement!;
        var name = SymbolDisplay.FormatLiteral(measurement.Name, quote: true);
        var what = $"global::LlmMetrics.MeasuredKind.{measurement.Kind}, {name}";
        var call = $"{target}{method.TypeParameters}({method.Arguments})";
        if (method.Returns == ReturnKind.Sequence)
        {
            code.Open("try").Line($"return {Calls}.Each({metrics}{call}, {what});").Close();
            code.Open("catch (global::System.Exception __exception)")
                .Line($"{Calls}.Fail({Calls}.Start({metrics}{what}), __exception);").Line("throw;").Close();
            return;
        }

        code.Line($"var __run = {Calls}.Start({metrics}{what});");
        if (method.Returns == ReturnKind.Task)
        {
            WriteTask(code, method, call);
            return;
        }

        code.Open("try").Line($"{(method.Returns == ReturnKind.Nothing ? string.Empty : "return ")}{call};").Close();
        code.Open($"catch (global::System.Exception __exception) when ({Calls}.Sees(__run, __exception))")
            .Line("throw;").Close();
        code.Open("finally").Line("__run.Dispose();").Close();
    }

    private static void WriteTask(CodeWriter code, MethodModel method, string call)
    {
        code.Line($"{method.ReturnType} __task;");
        code.Open("try").Line($"__task = {call};").Close();
        code.Open("catch (global::System.Exception __exception)")
            .Line($"{Calls}.Fail(__run, __exception);").Line("throw;").Close();
        code.Line().Line($"return {Calls}.Finish(__task, __run);");
    }
}
