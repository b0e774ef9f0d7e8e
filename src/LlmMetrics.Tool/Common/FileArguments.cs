using System.CommandLine;

namespace LlmMetrics.Tool;

/// <summary>What arguments that are files have in common.</summary>
internal static class FileArguments
{
    /// <summary>
    /// A list of files takes everything that is left, so that a mistyped option would be a file that does not exist.
    /// </summary>
    public static void RefuseOptions(this Argument<string[]> files) => files.Validators.Add(static result =>
    {
        foreach (var token in result.Tokens)
        {
            if (token.Value.StartsWith('-') && !Path.Exists(token.Value))
            {
                result.AddError($"'{token.Value}' is neither an option nor a file");
            }
        }
    });
}
