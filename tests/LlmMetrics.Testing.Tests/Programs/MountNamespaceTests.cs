namespace LlmMetrics.Testing.Tests.Programs;

public sealed class MountNamespaceTests
{
    [Theory]
    [InlineData("no-such-program")]
    [InlineData("dotnet")]
    public async Task IsAllowedAsync_ProgramThatIsMissingOrRefuses_IsFalse(string unshare) =>
        Assert.False(await MountNamespace.IsAllowedAsync(unshare));

    [SkippableFact]
    public async Task IsAllowedAsync_OnLinux_IsWhatTheSystemSays()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "namespaces are Linux's");
        var mounted = await MountNamespace.IsAllowedAsync();
        Skip.IfNot(mounted, "this machine allows no mounts");

        Assert.NotEmpty(Directory.GetFileSystemEntries("/usr/share"));
    }
}
