using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace LlmMetrics.Tool;

/// <summary>
/// Where verbs read and write: standard output takes data and nothing else, standard error takes the rest.
/// </summary>
internal sealed class ToolConsole(Stream input, TextWriter output, TextWriter error)
{
    private const int DefaultWidth = 100;

    // Of a broken column, and what a cell takes beside its text.
    private const int MinimumWrapped = 8;
    private const int CellBorder = 3;
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Standard input.</summary>
    public Stream Input { get; } = input;

    /// <summary>Standard output: data.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Standard error: everything that is not data.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Whether a person looks at standard output; otherwise tables are tab-separated lines.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether a person looks at standard error; only then a progress bar is drawn.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether colours may be used; never if the output is redirected or <c>NO_COLOR</c> is set.</summary>
    public bool HasColour { get; init; }

    /// <summary>Characters in a line, of tables and of help.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>The console of this process.</summary>
    public static ToolConsole ForProcess()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = _utf8;
        }

        var isTerminal = !Console.IsOutputRedirected;
        var output = isTerminal
            ? Console.Out
            : new StreamWriter(Console.OpenStandardOutput(), _utf8, bufferSize: 64 * 1024);
        return new ToolConsole(Console.OpenStandardInput(), output, Console.Error)
        {
            IsTerminal = isTerminal,
            IsErrorTerminal = !Console.IsErrorRedirected,
            HasColour = isTerminal
                && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") != "dumb",
            Width = isTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth,
        };
    }

    /// <summary>Writes a line to standard error, marked as this tool's.</summary>
    public void Say(string message) => Error.WriteLine($"llm-metrics: {message}");

    /// <summary>Writes a value as one line of JSON.</summary>
    public void WriteJsonLine<T>(T value, JsonTypeInfo<T> type) =>
        Output.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>
    /// Writes rows: as a table on a terminal, else as tab-separated lines under a line of headings, for other programs.
    /// Texts are shown as they are; no markup is understood.
    /// </summary>
    public void WriteTable(IReadOnlyList<TableColumn> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (!IsTerminal)
        {
            WriteTabs(columns.Select(static column => column.Heading));
            foreach (var row in rows)
            {
                WriteTabs(row);
            }

            return;
        }

        var shown = rows.Select(static row => row.Select(Printable).ToArray()).ToList();
        var fits = Fits(columns, shown);
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in columns)
        {
            table.AddColumn(new Spectre.Console.TableColumn(
                new Text(column.Heading, new Style(decoration: Decoration.Bold)))
            {
                Alignment = column.IsFigure ? Justify.Right : Justify.Left,
                NoWrap = fits && !column.Wraps,
            });
        }

        foreach (var row in shown)
        {
            table.AddRow(row.Select(static cell => new Text(cell)));
        }

        CreateTerminal().Write(table);
    }

    /// <summary>Whether a table is no wider than the terminal without breaking figures and names.</summary>
    public bool Fits(IReadOnlyList<TableColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows) =>
        MinimumWidth(columns, rows) <= Width;

    /// <summary>Writes out what is buffered.</summary>
    public Task FlushAsync() => Output.FlushAsync();

    // Cells hold names from files of others; a control character in one must not command the terminal.
    private static string Printable(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(static c => char.IsControl(c) ? '\uFFFD' : c))
        : text;

    /// <summary>What a table needs at least if only the columns that may be broken are.</summary>
    private static int MinimumWidth(
        IReadOnlyList<TableColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows) => 1 + columns
        .Select((column, i) => column.Wraps
            ? MinimumWrapped
            : rows.Select(row => row[i].Length).Append(column.Heading.Length).Max())
        .Sum(static width => width + CellBorder);

    private void WriteTabs(IEnumerable<string> cells) => Output.WriteLine(string.Join('\t', cells.Select(Printable)));

    private IAnsiConsole CreateTerminal()
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = HasColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = HasColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Output),
        });
        terminal.Profile.Width = Width;
        terminal.Profile.Capabilities.Unicode = true;
        return terminal;
    }
}
