namespace Quickstart.Workload;

/// <summary>Ways in which an app calls a model.</summary>
public enum WorkKind
{
    /// <summary>Chat through the official client, the answer at once.</summary>
    OfficialChat,

    /// <summary>Chat through the official client, streamed.</summary>
    OfficialChatStream,

    /// <summary>Embeddings through the official client.</summary>
    OfficialEmbeddings,

    /// <summary>Responses API through the official client, the answer at once.</summary>
    OfficialResponse,

    /// <summary>Responses API through the official client, streamed.</summary>
    OfficialResponseStream,

    /// <summary>Chat through a plain HttpClient, the answer at once.</summary>
    PlainChat,

    /// <summary>Chat through a plain HttpClient, streamed.</summary>
    PlainChatStream,
}
