using LlmMetrics.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LlmMetrics;

/// <summary>
/// Binds the options of an adapter to a section of the configuration. Values that cannot be read are errors of the
/// options, each told with its key, its value and what is allowed, and all else is bound and checked too.
/// </summary>
/// <remarks>
/// Register it as <see cref="IConfigureOptions{TOptions}"/> and as <see cref="IValidateOptions{TOptions}"/>. Values of
/// URLs are not shown, because they may have a password in them.
/// </remarks>
/// <typeparam name="TOptions">The options.</typeparam>
/// <param name="section">The section; null if the host has no configuration.</param>
/// <param name="bind">Calls <c>Bind</c> of the section, where the compiler knows the type of the options.</param>
/// <param name="enums">The enumerations that options are of, whose names are what is allowed.</param>
public sealed class BoundSection<TOptions>(
    IConfiguration? section, Action<IConfiguration, TOptions> bind, params IReadOnlyList<Type> enums)
    : IConfigureOptions<TOptions>, IValidateOptions<TOptions>
    where TOptions : class, new()
{
    /// <summary>Binds what can be read.</summary>
    /// <param name="options">The options.</param>
    public void Configure(TOptions options)
    {
        if (Readable(out _) is { } readable)
        {
            bind(readable, options);
        }
    }

    /// <summary>Tells what cannot be read.</summary>
    /// <param name="name">Name of the options.</param>
    /// <param name="options">The options.</param>
    /// <returns>The result.</returns>
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        if (name != Options.DefaultName)
        {
            return ValidateOptionsResult.Skip;
        }

        _ = Readable(out var errors);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>
    /// The section without what cannot be read. The binder stops at the first such value, so it is asked again.
    /// </summary>
    private IConfiguration? Readable(out List<string> errors)
    {
        errors = [];
        var hidden = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var readable = section;
        while (readable is not null)
        {
            try
            {
                bind(readable, new TOptions());
                break;
            }
            catch (InvalidOperationException exception)
            {
                if (UnreadableValue.Find(exception) is not { } value || !hidden.Add(value.Path))
                {
                    errors.Add(exception.Message);
                    return null;
                }

                errors.Add(value.Describe(enums));
                readable = Without(section!, hidden);
            }
        }

        return readable;
    }

    private static IConfiguration Without(IConfiguration section, HashSet<string> hidden)
    {
        var rest = new ConfigurationBuilder()
            .AddInMemoryCollection(section.AsEnumerable()
                .Where(setting => setting.Value is not null && !hidden.Contains(setting.Key)))
            .Build();
        return section is IConfigurationSection { Path: var path } ? rest.GetSection(path) : rest;
    }
}
