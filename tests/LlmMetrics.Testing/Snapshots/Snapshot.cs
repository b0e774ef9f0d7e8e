using System.Runtime.CompilerServices;
using Xunit;
using Xunit.Sdk;

namespace LlmMetrics.Testing;

/// <summary>
/// Compares text with an approved file beside the test, named as Verify names it:
/// <c>TestClass.Method.verified.txt</c>. On a difference the actual text is written as <c>.received.txt</c>.
/// </summary>
/// <remarks>Stands in for Verify.Xunit, which replaces it by a change of this file alone.</remarks>
public static class Snapshot
{
    private static readonly bool _accept = Environment.GetEnvironmentVariable("LLMMETRICS_ACCEPT") == "1";

    /// <summary>Fails unless <paramref name="text"/> equals the approved file of the calling test.</summary>
    /// <param name="text">The actual text; line ends are normalised.</param>
    /// <param name="name">A part that tells several snapshots of one test apart, or null.</param>
    /// <param name="extension">The file type, such as <c>txt</c> or <c>json</c>.</param>
    /// <param name="scrub">Removes what differs between runs, or null.</param>
    /// <param name="sourceFile">Filled by the compiler; its name is taken as the name of the test class.</param>
    /// <param name="method">Filled by the compiler.</param>
    public static void Verify(
        string text,
        string? name = null,
        string extension = "txt",
        Func<string, string>? scrub = null,
        [CallerFilePath] string sourceFile = "",
        [CallerMemberName] string method = "")
    {
        var source = Repository.SourcePath(sourceFile);
        var file = $"{Path.GetFileNameWithoutExtension(source)}.{method}{(name is null ? "" : "_" + name)}";
        VerifyFile(text, Path.Combine(Path.GetDirectoryName(source)!, file), extension, scrub);
    }

    /// <summary>Fails unless <paramref name="text"/> equals an approved file that isn't named after a test.</summary>
    /// <param name="text">The actual text; line ends are normalised.</param>
    /// <param name="pathWithoutSuffix">The file's full path up to <c>.verified.txt</c>.</param>
    /// <param name="extension">The file type, such as <c>txt</c> or <c>json</c>.</param>
    /// <param name="scrub">Removes what differs between runs, or null.</param>
    /// <param name="accept">Whether a difference is accepted; by default if LLMMETRICS_ACCEPT is 1.</param>
    public static void VerifyFile(
        string text,
        string pathWithoutSuffix,
        string extension = "txt",
        Func<string, string>? scrub = null,
        bool? accept = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(pathWithoutSuffix);
        var actual = Normalise(scrub is null ? text : scrub(text));
        var verified = $"{pathWithoutSuffix}.verified.{extension}";
        var received = $"{pathWithoutSuffix}.received.{extension}";
        var expected = File.Exists(verified) ? Normalise(File.ReadAllText(verified)) : null;
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }

        if (accept ?? _accept)
        {
            File.WriteAllText(verified, actual);
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        var heading = expected is null
            ? $"There is no approved file {verified}."
            : $"The text differs from {verified} (- approved, + received):";
        throw new XunitException(
            $"{heading}\n{TextDiff.Describe(expected ?? "", actual)}\n"
            + "The text is in the .received file beside it; LLMMETRICS_ACCEPT=1 accepts it.");
    }

    private static string Normalise(string text)
    {
        var unix = text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\uFEFF');
        return unix.EndsWith('\n') ? unix : unix + "\n";
    }
}
