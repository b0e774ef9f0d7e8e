namespace LlmMetrics;

/// <summary>
/// Names of operations on language models (<c>gen_ai.operation.name</c>, GenAI conventions 1.41, and names of this
/// library where the conventions have none).
/// </summary>
public static class LlmOperation
{
    /// <summary>Chat completion.</summary>
    public const string Chat = "chat";

    /// <summary>Text completion.</summary>
    public const string TextCompletion = "text_completion";

    /// <summary>Embeddings.</summary>
    public const string Embeddings = "embeddings";

    /// <summary>Speech from text. Named by this library.</summary>
    public const string TextToSpeech = "text_to_speech";

    /// <summary>Text from speech. Named by this library.</summary>
    public const string SpeechToText = "speech_to_text";

    /// <summary>Images. Named by this library.</summary>
    public const string Image = "image";

    /// <summary>Text from documents, page by page. Named by this library.</summary>
    public const string Ocr = "ocr";

    /// <summary>A session of speech or text in both directions. Named by this library.</summary>
    public const string Realtime = "realtime";
}
