namespace Simulator;

/// <summary>Whose formats the simulator speaks: bodies, headers and errors.</summary>
public enum SimulatedProvider
{
    /// <summary>OpenAI, and Azure under its paths.</summary>
    OpenAi,

    /// <summary>Groq: OpenAI's format with <c>x_groq</c>, times in the usage, and usage in every stream.</summary>
    Groq,

    /// <summary>A Gaianet node: OpenAI's format at its barest, without rate-limit headers.</summary>
    Gaianet,

    /// <summary>ElevenLabs: text to speech, which tells its cost in headers.</summary>
    ElevenLabs,

    /// <summary>Deepgram: speech to text, which tells duration and channels.</summary>
    Deepgram,
}
