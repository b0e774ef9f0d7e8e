using DemoKit;
using MigrationApi;

return await DemoCommand.RunAsync(
    args,
    "An API that maintains code in workflows, with models of several providers, measured under the prefix testboost.",
    new DemoOptions { Urls = "http://127.0.0.1:8000" },
    MigrationHost.RunAsync);
