using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlmMetrics.Pricing;

/// <summary>Whether a price is meant for a model of this name. Case does not matter.</summary>
internal abstract class ModelRule
{
    public abstract bool IsMatch(string model);

    /// <summary>Writes the rule as price files have it.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteKind(json);
        json.WriteEndObject();
    }

    /// <summary>A name as apps write it: a <c>*</c> at the end stands for any rest.</summary>
    public static ModelRule For(string name) => name.EndsWith('*') ? StartsWith(name[..^1]) : Equal(name);

    public static ModelRule Equal(string value) => new TextRule("equals", value, static (m, v) =>
        string.Equals(m, v, StringComparison.OrdinalIgnoreCase));

    public static ModelRule StartsWith(string value) => new TextRule("starts_with", value, static (m, v) =>
        m.StartsWith(v, StringComparison.OrdinalIgnoreCase));

    public static ModelRule EndsWith(string value) => new TextRule("ends_with", value, static (m, v) =>
        m.EndsWith(v, StringComparison.OrdinalIgnoreCase));

    public static ModelRule Contains(string value) => new TextRule("contains", value, static (m, v) =>
        m.Contains(v, StringComparison.OrdinalIgnoreCase));

    /// <summary>A rule from a pattern.</summary>
    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    public static ModelRule Pattern(string pattern) => new RegexRule(pattern);

    public static ModelRule Any(ModelRule[] rules) => new AnyRule(rules);

    public static ModelRule All(ModelRule[] rules) => new AllRule(rules);

    protected abstract void WriteKind(Utf8JsonWriter json);

    private static void WriteList(Utf8JsonWriter json, string kind, ModelRule[] rules)
    {
        json.WriteStartArray(kind);
        foreach (var rule in rules)
        {
            rule.WriteTo(json);
        }

        json.WriteEndArray();
    }

    private sealed class TextRule(string kind, string value, Func<string, string, bool> test) : ModelRule
    {
        public override bool IsMatch(string model) => test(model, value);

        protected override void WriteKind(Utf8JsonWriter json) => json.WriteString(kind, value);
    }

    private sealed class AnyRule(ModelRule[] rules) : ModelRule
    {
        public override bool IsMatch(string model) => Array.Exists(rules, rule => rule.IsMatch(model));

        protected override void WriteKind(Utf8JsonWriter json) => WriteList(json, "or", rules);
    }

    private sealed class AllRule(ModelRule[] rules) : ModelRule
    {
        public override bool IsMatch(string model) => Array.TrueForAll(rules, rule => rule.IsMatch(model));

        protected override void WriteKind(Utf8JsonWriter json) => WriteList(json, "and", rules);
    }

    private sealed class RegexRule : ModelRule
    {
        private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
        private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(50);
        private readonly string _pattern;
        private readonly string _start;
        private Regex? _regex;

        public RegexRule(string pattern)
        {
            // Only checked here: building what matches takes longer than reading the rest of the file.
            _ = new Regex(pattern, Options, _patience);
            _pattern = pattern;
            _start = LiteralStart(pattern);
        }

        public override bool IsMatch(string model)
        {
            // Most names are told apart by how they start, and what matches the rest is costly to build.
            if (!model.StartsWith(_start, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            try
            {
                return (_regex ??= Build(_pattern)).IsMatch(model);
            }
            catch (RegexMatchTimeoutException)
            {
                return false;
            }
        }

        protected override void WriteKind(Utf8JsonWriter json) => json.WriteString("regex", _pattern);

        /// <summary>What every match starts with, as far as it is plain to see; else nothing.</summary>
        private static string LiteralStart(string pattern)
        {
            if (!pattern.StartsWith('^') || pattern.Contains('|', StringComparison.Ordinal))
            {
                return "";
            }

            var start = new StringBuilder();
            for (var i = 1; i < pattern.Length; i++)
            {
                var isDot = pattern.AsSpan(i).StartsWith(@"\.");
                if (!isDot && !char.IsAsciiLetterOrDigit(pattern[i]) && pattern[i] is not ('-' or '_' or '/' or ':'))
                {
                    // The last one may also be missing.
                    start.Length -= start.Length > 0 && pattern[i] is '?' or '*' or '{' ? 1 : 0;
                    break;
                }

                start.Append(isDot ? '.' : pattern[i]);
                i += isDot ? 1 : 0;
            }

            return start.ToString();
        }

        private static Regex Build(string pattern)
        {
            try
            {
                return new Regex(pattern, Options | RegexOptions.NonBacktracking, _patience);
            }
            catch (NotSupportedException)
            {
                // The data has patterns that look ahead, which the linear engine cannot do: the time limit stands in.
                return new Regex(pattern, Options, _patience);
            }
        }
    }
}
