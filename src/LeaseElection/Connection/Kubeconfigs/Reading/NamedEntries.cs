using System.Globalization;
using k8s.Exceptions;
using LeaseElection.Connection.Kubeconfigs.Yaml;

namespace LeaseElection.Connection.Kubeconfigs.Reading;

/// <summary>The lists of a kubeconfig, whose entries have a name and the details.</summary>
internal static class NamedEntries
{
    /// <exception cref="KubeConfigException">Two have the same name, which kubectl refuses too; or one is no entry.</exception>
    public static IReadOnlyList<T> Of<T>(Fields file, string list, string details, Func<Fields, string, int, T> make)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var entries = new List<T>();
        foreach (var item in file.Items(list))
        {
            var outer = item is YamlItem.Scalar { Kind: ScalarKind.Null }
                ? Fields.None
                : Fields.Of(item, $"an entry of '{list}'", $"in '{list}'");
            var name = outer.Text("name") ?? "";
            if (!lines.TryAdd(name, item.Line))
                throw new KubeConfigException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{list}' has two entries with the name '{name}' (lines {lines[name]} and {item.Line}). Rename one, or remove it."));
            var owner = $"of {details} '{name}'";
            var inner = outer.Find(details) is { } found ? Fields.Of(found, $"'{details}' {owner}", owner) : Fields.None;
            entries.Add(make(inner, name, item.Line));
        }

        return entries;
    }
}
