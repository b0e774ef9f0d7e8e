namespace LlmMetrics.Testing;

/// <summary>Where the checkout is, independent of the current directory.</summary>
public static class Repository
{
    private const string Marker = "LlmMetrics.sln";

    /// <summary>Gets the folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>Gets the build configuration of the running tests, such as <c>Release</c>.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug";

    /// <summary>Turns a path relative to the checkout into a full one.</summary>
    /// <param name="relative">The path, with forward slashes.</param>
    /// <returns>The full path.</returns>
    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, relative));

    /// <summary>Turns the path that the compiler gave to <c>[CallerFilePath]</c> into one that exists.</summary>
    /// <param name="callerFilePath">The compiler's path.</param>
    /// <returns>The full path of the source file.</returns>
    public static string SourcePath(string callerFilePath)
    {
        ArgumentNullException.ThrowIfNull(callerFilePath);

        // A build with CI=true is deterministic and writes /_/tests/... instead of the folder of the checkout.
        var path = callerFilePath.Replace('\\', '/');
        return path.StartsWith("/_/", StringComparison.Ordinal) ? PathOf(path[3..]) : callerFilePath;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside a checkout with {Marker}.");
    }
}
