using DemoKit;
using Voicebot;

return await DemoCommand.RunAsync(
    args,
    "A telephone voicebot (Deepgram, Groq, ElevenLabs), measured under the prefix voicebot on a port of its own.",
    new DemoOptions { Urls = "http://127.0.0.1:9090", MetricsPort = 9091 },
    VoicebotHost.RunAsync);
