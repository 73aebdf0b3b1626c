using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Replaces what mutants.txt says in copies of the sources. Compiled by the build itself, not into the assembly.</summary>
public class Weave : Task
{
    private readonly List<string> _seeds = new List<string>();

    [Required]
    public string Table { get; set; }

    [Required]
    public string ShellTable { get; set; }

    [Required]
    public string Root { get; set; }

    [Required]
    public string Folder { get; set; }

    [Required]
    public ITaskItem[] Plain { get; set; }

    [Output]
    public ITaskItem[] Sources { get; set; }

    public override bool Execute()
    {
        var woven = new Dictionary<string, string>();
        var names = new List<string>();
        var shellNames = new List<string>();
        if (!Read(Table, woven, names) || !Read(ShellTable, woven, shellNames))
            return false;
        return Compose(woven, names, shellNames);
    }

    private bool Read(string table, Dictionary<string, string> woven, List<string> names)
    {
        string name = null, file = null, find = null;
        foreach (var raw in File.ReadAllLines(table))
        {
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            var space = line.IndexOf(' ');
            var (key, value) = (line.Substring(0, space), line.Substring(space + 1).Trim().Replace("\\n", "\n"));
            switch (key)
            {
                case "mutant":
                    names.Add(name = value);
                    break;
                case "rule":
                    break;
                case "seed":
                    _seeds.Add("seeds[\"" + name + "\"] = " + value);
                    break;
                case "file":
                    file = Path.GetFullPath(Path.Combine(Root, value));
                    break;
                case "find":
                    find = value;
                    break;
                case "with":
                    var text = woven.TryGetValue(file, out var known) ? known : File.ReadAllText(file);
                    var at = text.IndexOf(find, StringComparison.Ordinal);
                    if (at < 0 || text.IndexOf(find, at + 1, StringComparison.Ordinal) >= 0)
                    {
                        Log.LogError(Path.GetFileName(table) + ": mutant '{0}': this must be in {1} exactly once: {2}", name, file, find);
                        return false;
                    }

                    woven[file] = text.Substring(0, at) + value.Replace("{is}", "global::LeaseElection.Simulation.Mutants.Is(\"" + name + "\")") + text.Substring(at + find.Length);
                    break;
                default:
                    Log.LogError(Path.GetFileName(table) + ": '{0}' is none of mutant, rule, seed, file, find, with", key);
                    return false;
            }
        }

        return true;
    }

    private bool Compose(Dictionary<string, string> woven, List<string> names, List<string> shellNames)
    {
        Directory.CreateDirectory(Folder);
        var sources = new List<ITaskItem>();
        foreach (var plain in Plain)
        {
            var path = Path.GetFullPath(plain.ItemSpec);
            if (!woven.TryGetValue(path, out var text))
            {
                sources.Add(new TaskItem(path));
                continue;
            }

            sources.Add(Write(path.Substring(Root.Length).Replace('/', '_').Replace('\\', '_'), text));
            woven.Remove(path);
        }

        if (woven.Count > 0)
        {
            Log.LogError("mutants.txt: no such source: {0}", woven.Keys.First());
            return false;
        }

        sources.Add(Write("MutantNames.cs", "namespace LeaseElection.Simulation;\n\ninternal static partial class Mutants\n{\n"
            + Method("Collect", names) + "\n" + Method("CollectShell", shellNames) + "\n" + Seeds() + "}\n"));
        Sources = sources.ToArray();
        return true;
    }

    private static string Method(string name, List<string> names) =>
        "    static partial void " + name + "(System.Collections.Generic.List<string> names)\n    {\n"
        + string.Concat(names.Select(n => "        names.Add(\"" + n + "\");\n")) + "    }\n";

    private string Seeds() =>
        "    static partial void CollectSeeds(System.Collections.Generic.Dictionary<string, ulong> seeds)\n    {\n"
        + string.Concat(_seeds.Select(s => "        " + s + ";\n")) + "    }\n";

    private ITaskItem Write(string name, string text)
    {
        var target = Path.Combine(Folder, name);
        if (!File.Exists(target) || File.ReadAllText(target) != text)
            File.WriteAllText(target, text, new UTF8Encoding(false));
        return new TaskItem(target);
    }
}
