using DemoKit;
using ExpertApi;

return await DemoCommand.RunAsync(
    args,
    "A backend that answers questions with a language model and PostgreSQL, measured under the prefix intelia.",
    new DemoOptions { Urls = "http://127.0.0.1:8080" },
    ExpertHost.RunAsync);
