using System.Globalization;
using k8s.Exceptions;
using LeaseElection.Connection.Kubeconfigs.Yaml;

namespace LeaseElection.Connection.Kubeconfigs.Reading;

/// <summary>
/// The fields of one mapping. Fields that nobody asks for are passed over, as kubectl does; a field of another type is refused, as kubectl
/// does. No message shows a value: it may be a secret.
/// </summary>
/// <param name="entries">The fields.</param>
/// <param name="owner">Whose they are, for people: "of user 'me'"; empty for the file's own.</param>
internal sealed class Fields(IReadOnlyDictionary<string, YamlItem> entries, string owner)
{
    public static Fields None { get; } = new(new Dictionary<string, YamlItem>(), "");

    public static Fields Of(YamlItem item, string what, string owner) =>
        item is YamlItem.Mapping mapping ? new(mapping.Entries, owner) : throw Refused(what, item, "a mapping (name: value)");

    public string? Text(string name) => Find(name) is { } item ? Text(item, name) : null;

    public bool Flag(string name) => Find(name) switch
    {
        null => false,
        YamlItem.Scalar { Kind: ScalarKind.Flag, Value: var value } => value == "true",
        var item => throw Refused(Named(name), item, "true or false, without quotes"),
    };

    public IReadOnlyList<string> Texts(string name) => Find(name) is { } item ? Texts(item, name) : [];

    /// <summary>A mapping of lists of texts.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> TextLists(string name) => Child(name) is { } child
        ? [.. child.Names.Select(key => KeyValuePair.Create(key, child.Texts(key)))]
        : [];

    public Fields? Child(string name) => Find(name) is { } item ? Of(item, Named(name), $"in {Named(name)}") : null;

    /// <summary>The entries of a list.</summary>
    public IEnumerable<YamlItem> Items(string name) => Find(name) switch
    {
        null => [],
        YamlItem.Sequence sequence => sequence.Items,
        var item => throw Refused(Named(name), item, "a list (- name: …)"),
    };

    /// <summary>The mappings of a list; nothing is an empty one.</summary>
    public IEnumerable<Fields> Children(string name) => Items(name).Select(
        item => item is YamlItem.Scalar { Kind: ScalarKind.Null } ? None : Of(item, $"an entry of {Named(name)}", owner));

    public YamlItem? Find(string name) =>
        entries.TryGetValue(name, out var item) && item is not YamlItem.Scalar { Kind: ScalarKind.Null } ? item : null;

    private IEnumerable<string> Names => entries.Keys;

    private string Named(string name) => owner.Length > 0 ? $"'{name}' {owner}" : $"'{name}'";

    private List<string> Texts(YamlItem item, string name) => item is YamlItem.Sequence sequence
        ? [.. sequence.Items.Select(each => Text(each, name))]
        : throw Refused(Named(name), item, "a list of texts, such as [\"a\", \"b\"]");

    private string Text(YamlItem item, string name) => item is YamlItem.Scalar { Kind: ScalarKind.Text or ScalarKind.Null } scalar
        ? scalar.Value
        : throw Refused(Named(name), item, "text: put quotes around it");

    private static KubeConfigException Refused(string what, YamlItem item, string expected) => new(string.Create(
        CultureInfo.InvariantCulture, $"{what} (line {item.Line}) is {Describe(item)}; it must be {expected}."));

    private static string Describe(YamlItem item) => item switch
    {
        YamlItem.Mapping => "a mapping",
        YamlItem.Sequence => "a list",
        YamlItem.Scalar { Kind: ScalarKind.Number } => "a number",
        YamlItem.Scalar { Kind: ScalarKind.Flag } => "true or false",
        YamlItem.Scalar { Kind: ScalarKind.Null } => "nothing",
        _ => "text",
    };
}
