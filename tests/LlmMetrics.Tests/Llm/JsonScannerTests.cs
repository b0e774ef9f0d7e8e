using System.Text;
using LlmMetrics.Llm;

namespace LlmMetrics.Tests.Llm;

public class JsonScannerTests
{
    [Theory]
    [InlineData("""{"usage":{"prompt_tokens":5}}""", 5)]
    [InlineData("""  {  "usage" : { "x" : [ 1 , {"prompt_tokens": 9} ] , "prompt_tokens" : 5 } }  """, 5)]
    [InlineData("""{"usage":{"prompt_tokens":5},"usage":null}""", 5)]
    [InlineData("""{"usage":{"prompt_tokens":5,"prompt_tokens":null}}""", 5)]
    [InlineData("""{"usage":{"prompt_tokens":5},"usage":{"prompt_tokens":6}}""", 6)]
    [InlineData("""{"a":{"usage":{"prompt_tokens":5}}}""", null)]
    [InlineData("""[{"usage":{"prompt_tokens":5}}]""", null)]
    [InlineData("""{"usage":[{"prompt_tokens":5}]}""", null)]
    [InlineData("""{"usage":{"prompt_tokens":{"prompt_tokens":5}}}""", null)]
    [InlineData("""{"usage":{"prompt_tokens":-5}}""", null)]
    [InlineData("""{"usage":{"prompt_tokens":5.5}}""", null)]
    [InlineData("""{"usage":{"prompt_tokens":"5"}}""", null)]
    [InlineData("""{"usage":{"prompt_tokens":true}}""", null)]
    [InlineData("""{"usage":{"prompt_tokens":99999999999999999999}}""", null)]
    [InlineData("""{"usage":{"prompt_tokens":5""", null)]
    [InlineData("""{"usage":{"prompt_tokens":5}""", 5)]
    [InlineData("""{"text":"\"usage\":{\"prompt_tokens\":5}"}""", null)]
    [InlineData("""{"text":"\\","usage":{"prompt_tokens":5}}""", 5)]
    [InlineData("""{"usage":{"prompt_tokens":5} "model":"x"}""", 5)]
    [InlineData("""{"a":]}""", null)]
    [InlineData("}", null)]
    [InlineData("\"usage\"", null)]
    public void Feed_InAnyPieces_FindsTheFieldInItsPlaceOnly(string json, int? expected)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        for (var size = 1; size <= bytes.Length; size++)
        {
            var capture = new FieldCapture();
            var scanner = new JsonScanner(capture);
            scanner.Reset(OpenAiProtocols.Completions.Response);
            for (var at = 0; at < bytes.Length; at += size)
            {
                scanner.Feed(bytes.AsSpan(at, Math.Min(size, bytes.Length - at)));
            }

            Assert.Equal(expected, capture.Figure(LlmField.InputTokens));
        }
    }

    [Theory]
    [InlineData("gpt-4o", "gpt-4o")]
    [InlineData("a\\u00e9\\n\\\"\\/", "aé\n\"/")]
    [InlineData("\\ud83c\\udf89", "🎉")]
    [InlineData("\\u12", "")]
    [InlineData("\\uzzzz", "")]
    [InlineData("東京", "東京")]
    public void Feed_Text_IsDecoded(string raw, string expected)
    {
        var capture = new FieldCapture();
        var scanner = new JsonScanner(capture);
        scanner.Reset(OpenAiProtocols.Completions.Response);
        scanner.Feed(Encoding.UTF8.GetBytes("{\"model\":\"" + raw + "\"}"));

        Assert.True(scanner.IsDone);
        Assert.Equal(expected, capture.String(LlmField.Model));
    }
}
