using Spectre.Console;

namespace LeaseElection.Benchmarks.Reports;

/// <summary>An outcome on the console.</summary>
internal static class ConsoleReport
{
    public static void Write(IAnsiConsole console, Outcome outcome, bool smallest)
    {
        console.Write(Draw(outcome.Table.Columns, outcome.Table.Rows).Title(Markup.Escape(outcome.Title)));
        var targets = outcome.Targets.Select(target => (IReadOnlyList<string>)
            [target.Name, $"{Figures.Short(target.Measured)} {target.Unit}".TrimEnd(), target.Rule, Text(target.Verdict(smallest))]);
        console.Write(Draw(["target", "measured", "limit", ""], [.. targets]));
        foreach (var note in outcome.Notes)
            console.WriteLine(note);
    }

    private static Table Draw(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Markdown);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column)).NoWrap());
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        return table;
    }

    private static string Text(Verdict verdict) => verdict switch
    {
        Verdict.Met => "met",
        Verdict.Missed => "MISSED",
        _ => "not judged",
    };
}
