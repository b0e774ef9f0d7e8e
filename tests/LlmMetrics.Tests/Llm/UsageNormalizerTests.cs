using LlmMetrics.Facts;
using LlmMetrics.Llm;

namespace LlmMetrics.Tests.Llm;

public class UsageNormalizerTests
{
    [Theory]
    [InlineData(12, 10, 22, null, 7, 12, 10)] // Reasoning is part of the output.
    [InlineData(12, 1, 303, null, 290, 12, 291)] // xAI: beside it.
    [InlineData(25, 15, 1840, 1800, null, 1825, 15)] // A proxy that counts cached tokens beside the input.
    [InlineData(25, 15, 1850, 1800, 10, 1825, 25)] // Both beside.
    [InlineData(25, 15, 999, 20, 10, 25, 15)] // A total that fits nothing changes nothing.
    [InlineData(25, 15, 999, 1800, 10, 1825, 15)] // More cached than input cannot be part of it, whatever the total.
    [InlineData(25, 15, 40, 1800, null, 1825, 15)] // A proxy that forgot the cached tokens in its total as well.
    [InlineData(25, 15, 40, 25, 15, 25, 15)]
    [InlineData(25, null, 1840, 1800, null, 1825, 15)] // The output is what the total leaves,
    [InlineData(33, null, 7196, null, 9000, 33, 7163 + 9000)] // and the reasoning, if that is more.
    [InlineData(33, null, 7196, null, 7000, 33, 7163)]
    [InlineData(25, 15, null, 1800, null, 1825, 15)] // More cached than input cannot be part of it.
    [InlineData(25, 15, null, 20, 15, 25, 15)]
    [InlineData(10, 10, 30, 10, 10, 10, 20)] // Either fits: reasoning it is, once.
    [InlineData(0, 0, 0, 0, 0, 0, 0)] // Reported zeros are zeros.
    public void TryWrite_Counts_AreInclusive(
        int input, int? output, int? total, int? cached, int? reasoning, int expectedInput, int expectedOutput)
    {
        var fact = Write(
            LlmOperation.Chat,
            (LlmField.InputTokens, input),
            (LlmField.OutputTokens, output),
            (LlmField.TotalTokens, total),
            (LlmField.CachedInputTokens, cached),
            (LlmField.ReasoningOutputTokens, reasoning));

        Assert.Equal(expectedInput, fact.Long(FactValue.InputTokens));
        Assert.Equal(expectedOutput, fact.Long(FactValue.OutputTokens));
        Assert.Equal(cached, fact.Long(FactValue.CachedInputTokens));
        Assert.Equal(reasoning, fact.Long(FactValue.ReasoningOutputTokens));
    }

    [Theory]
    [InlineData(false, 9, 101, 142, 32, 110)] // More reasoning than output stood beside it,
    [InlineData(false, 9, 101, null, null, 110)] // whatever is missing.
    [InlineData(false, 110, 101, 142, 32, 110)]
    [InlineData(false, 9, null, 41, 32, 9)]
    [InlineData(true, 300, 290, 602, 12, 590)]
    [InlineData(true, 300, 290, null, null, 590)]
    public void TryWrite_InputIsMissing_OutputHasItsReasoning(
        bool isGemini, int output, int? reasoning, int? total, int? expectedInput, int expectedOutput)
    {
        var fact = Write(
            isGemini ? GeminiProtocol.Content : OpenAiProtocols.Completions,
            LlmOperation.Chat,
            (LlmField.OutputTokens, output),
            (LlmField.TotalTokens, total),
            (LlmField.ReasoningOutputTokens, reasoning));

        Assert.Equal(expectedInput, fact.Long(FactValue.InputTokens));
        Assert.Equal(expectedOutput, fact.Long(FactValue.OutputTokens));
    }

    [Theory]
    [InlineData(100, 1800, 300, 2215, 2200)] // A proxy that counts both beside the input.
    [InlineData(2200, 1800, 300, 2215, 2200)] // One that counts both inside it,
    [InlineData(1900, 1800, 300, 2215, 2200)] // and those that count what was written beside and what was read inside,
    [InlineData(1900, 1800, 300, 1915, 2200)] // also if their total lacks it
    [InlineData(1900, 1800, 300, null, 2200)] // or is not told.
    [InlineData(100, 1800, 300, null, 2200)]
    [InlineData(2300, 1800, 300, null, 2300)]
    public void TryWrite_ReadAndWritten_AreInTheInputOnce(
        int input, int read, int written, int? total, int expected)
    {
        var fact = Write(
            LlmOperation.Chat,
            (LlmField.InputTokens, input),
            (LlmField.OutputTokens, 15),
            (LlmField.TotalTokens, total),
            (LlmField.CachedInputTokens, read),
            (LlmField.CacheWriteInputTokens, written));

        Assert.Equal(expected, fact.Long(FactValue.InputTokens));
        Assert.Equal(15, fact.Long(FactValue.OutputTokens));
    }

    [Theory]
    [InlineData("google/gemini-2.5-flash", 20, 198, 623, 603)] // What it thought is in the total only.
    [InlineData("gemini-2.5-flash", 20, 198, 218, 198)]
    [InlineData("gemini-2.5-flash", 20, 198, 200, 198)]
    [InlineData("gpt-4o", 20, 198, 623, 198)] // Of others nobody knows what a total has beyond its parts.
    [InlineData(null, 20, 198, 623, 198)]
    public void TryWrite_GeminiInTheShapeOfOpenAi_OutputHasItsThoughts(
        string? model, int input, int output, int total, int expected)
    {
        var capture = new FieldCapture();
        capture.SetFigure(LlmField.InputTokens, input);
        capture.SetFigure(LlmField.OutputTokens, output);
        capture.SetFigure(LlmField.TotalTokens, total);
        capture.SetText(LlmField.Model, System.Text.Encoding.UTF8.GetBytes(model ?? string.Empty));
        var fact = default(FactData);

        Assert.True(UsageNormalizer.TryWrite(capture, OpenAiProtocols.Completions, LlmOperation.Chat, ref fact));
        Assert.Equal((input, expected), (fact.Long(FactValue.InputTokens), fact.Long(FactValue.OutputTokens)));
    }

    [Fact]
    public void TryWrite_EmbeddingWithTotalOnly_IsInput()
    {
        var fact = Write(LlmOperation.Embeddings, (LlmField.TotalTokens, 8));

        Assert.Equal(8, fact.Long(FactValue.InputTokens));
        Assert.Null(fact.Long(FactValue.OutputTokens));
    }

    [Fact]
    public void TryWrite_Nothing_IsUnknown()
    {
        var fact = default(FactData);

        Assert.False(UsageNormalizer.TryWrite(
            new FieldCapture(), OpenAiProtocols.Completions, LlmOperation.Chat, ref fact));
        Assert.Null(fact.Long(FactValue.InputTokens));
    }

    private static FactData Write(string operation, params (LlmField Field, int? Figure)[] figures) =>
        Write(OpenAiProtocols.Completions, operation, figures);

    private static FactData Write(
        LlmProtocol protocol, string operation, params (LlmField Field, int? Figure)[] figures)
    {
        var capture = new FieldCapture();
        foreach (var (field, figure) in figures)
        {
            if (figure is { } known)
            {
                capture.SetFigure(field, known);
            }
        }

        var fact = default(FactData);
        Assert.True(UsageNormalizer.TryWrite(capture, protocol, operation, ref fact));
        return fact;
    }
}
