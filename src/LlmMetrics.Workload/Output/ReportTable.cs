namespace LlmMetrics.Workload.Output;

/// <summary>A table of a report, for every form of it.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">Headings; those that begin with <c>#</c> are figures, set to the right.</param>
/// <param name="Rows">Cells.</param>
internal sealed record ReportTable(
    string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The same with its rows as columns, headed by their first cells.</summary>
    public ReportTable Turned() => new(
        Title,
        [Heading(0), .. Rows.Select(static row => "#" + row[0])],
        [
            .. Enumerable.Range(1, Columns.Count - 1)
                .Select(column => Rows.Select(row => row[column]).Prepend(Heading(column)).ToArray()),
        ]);

    public bool IsFigure(int column) => Columns[column].StartsWith('#');

    public string Heading(int column) => IsFigure(column) ? Columns[column][1..] : Columns[column];
}
