using BrowserAgent;
using DemoKit;

return await DemoCommand.RunAsync(
    args,
    "An agent behind a browser extension (WebSocket, a Gaianet node), measured as sofia-agent over OTLP.",
    new DemoOptions { Urls = "http://127.0.0.1:3001" },
    AgentHost.RunAsync);
