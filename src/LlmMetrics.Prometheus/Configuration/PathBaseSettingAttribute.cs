namespace LlmMetrics.Configuration;

internal sealed class PathBaseSettingAttribute : SettingAttribute
{
    protected override string? Complain(object? value) =>
        value is string { Length: 0 } || (value is string path && path[0] == '/' && path[^1] != '/')
            ? null
            : $"is '{value}'; it must be empty, or begin with a slash and not end with one.";
}
