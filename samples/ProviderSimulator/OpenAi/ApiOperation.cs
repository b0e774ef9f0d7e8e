namespace Simulator.OpenAi;

/// <summary>What a path asks for.</summary>
internal enum ApiOperation
{
    Unknown,
    Chat,
    Embeddings,
    Responses,
    Models,
    Speech,
    Listen,
}
