using Xunit.Sdk;

namespace LlmMetrics.Testing.Tests;

public sealed class SnapshotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("snapshot-").FullName;

    [Fact]
    public void Verify_ApprovedFileBesideTheTest_Passes() => Snapshot.Verify("one\r\ntwo");

    [Fact]
    public void Verify_ScrubbedText_Passes() =>
        Snapshot.Verify($"folder {AppContext.BaseDirectory}", scrub: static text =>
            text.Replace(AppContext.BaseDirectory, "{base}", StringComparison.Ordinal));

    [Fact]
    public void VerifyFile_DifferentText_FailsAndWritesTheReceivedText()
    {
        File.WriteAllText(PathOf("a.verified.txt"), "one\ntwo\nthree\n");
        var failure = Assert.Throws<XunitException>(() =>
            Snapshot.VerifyFile("one\n2\nthree\n", PathOf("a"), accept: false));
        Assert.Contains("-    2: two\n+    2: 2", failure.Message, StringComparison.Ordinal);
        Assert.Equal("one\n2\nthree\n", File.ReadAllText(PathOf("a.received.txt")));
        Assert.Equal("one\ntwo\nthree\n", File.ReadAllText(PathOf("a.verified.txt")));
    }

    [Fact]
    public void VerifyFile_NoApprovedFile_Fails()
    {
        var failure = Assert.Throws<XunitException>(() =>
            Snapshot.VerifyFile("{}", PathOf("a"), "json", accept: false));
        Assert.Contains("There is no approved file", failure.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(PathOf("a.received.json")));
    }

    [Fact]
    public void VerifyFile_Accepted_WritesTheApprovedFile()
    {
        Assert.Throws<XunitException>(() => Snapshot.VerifyFile("new", PathOf("a"), accept: false));
        Snapshot.VerifyFile("new", PathOf("a"), accept: true);
        Snapshot.VerifyFile("new", PathOf("a"), accept: false);
        Assert.Equal("new\n", File.ReadAllText(PathOf("a.verified.txt")));
        Assert.False(File.Exists(PathOf("a.received.txt")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string file) => Path.Combine(_folder, file);
}
