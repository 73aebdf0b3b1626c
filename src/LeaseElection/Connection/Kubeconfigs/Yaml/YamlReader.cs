using System.Globalization;
using k8s.Exceptions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LeaseElection.Connection.Kubeconfigs.Yaml;

/// <summary>
/// Reads the first document of a YAML text (JSON is YAML) as kubectl does: of equal keys the last counts, and a merge key (<c>&lt;&lt;</c>)
/// counts where it stands. YamlDotNet has the syntax; its own tree knows no merge keys and refuses equal keys.
/// </summary>
internal sealed class YamlReader
{
    private const int MostDepth = 100;
    private const string MergeTag = "tag:yaml.org,2002:merge";

    private readonly IParser _parser;
    private readonly Dictionary<string, YamlItem?> _anchors = new(StringComparer.Ordinal);

    private YamlReader(IParser parser) => _parser = parser;

    /// <summary>Reads it.</summary>
    /// <returns>Null: the text has no document.</returns>
    /// <exception cref="KubeConfigException">It is no YAML.</exception>
    public static YamlItem? Read(string text)
    {
        try
        {
            using var reader = new StringReader(text);
            var parser = new Parser(new Scanner(reader, skipComments: true));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                return null;
            return new YamlReader(parser).Item(depth: 0);
        }
        catch (YamlException e)
        {
            throw Refused(e.Start.Line, $"this is not YAML: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // The parser's own slip on some texts.
            throw new KubeConfigException("this is not YAML that can be read. Put quotes around texts that have a colon.", e);
        }
    }

    private YamlItem Item(int depth)
    {
        if (depth > MostDepth)
            throw Refused(Line, $"lists and mappings are nested more than {MostDepth} deep. No kubeconfig is.");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return Aliased(alias);
        var anchor = ((NodeEvent)_parser.Current!).Anchor;
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = null;
        YamlItem item = _parser.Current switch
        {
            MappingStart start => Mapping(start, depth),
            SequenceStart start => Sequence(start, depth),
            _ => YamlScalars.Of(_parser.Consume<Scalar>()),
        };
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = item;
        return item;
    }

    private long Line => _parser.Current!.Start.Line;

    private YamlItem Aliased(AnchorAlias alias) => _anchors.TryGetValue(alias.Value.Value, out var item)
        ? item ?? throw Refused(alias.Start.Line, $"what the anchor '&{alias.Value}' names contains itself. Remove the alias.")
        : throw Refused(
            alias.Start.Line, $"the alias '*{alias.Value}' has no anchor '&{alias.Value}' before it. Add it, or remove the alias.");

    private YamlItem.Sequence Sequence(SequenceStart start, int depth)
    {
        var items = new List<YamlItem>();
        _parser.MoveNext();
        while (_parser.Current is not SequenceEnd)
            items.Add(Item(depth + 1));
        Leave(depth);
        return new((int)start.Start.Line, items);
    }

    private YamlItem.Mapping Mapping(MappingStart start, int depth)
    {
        var entries = new Dictionary<string, YamlItem>(StringComparer.Ordinal);
        _parser.MoveNext();
        while (_parser.Current is not MappingEnd)
        {
            var isMerge = _parser.Current is Scalar { Value: "<<" } mark
                && (mark.IsPlainImplicit || (!mark.Tag.IsEmpty && mark.Tag.Value == MergeTag));
            var key = Item(depth + 1);
            var value = Item(depth + 1);
            if (isMerge)
                Merge(value, entries);
            else
                entries[NameOf(key)] = value;
        }

        Leave(depth);
        return new((int)start.Start.Line, entries);
    }

    // What follows the first document is not looked at.
    private void Leave(int depth)
    {
        if (depth > 0)
            _parser.MoveNext();
    }

    private static string NameOf(YamlItem key) => key is YamlItem.Scalar { Kind: not ScalarKind.Null } scalar
        ? scalar.Value
        : throw Refused(key.Line, "the name of a field must be text. Put quotes around it.");

    private static void Merge(YamlItem from, Dictionary<string, YamlItem> into)
    {
        // Of several mappings the first wins, so it comes last.
        var all = from is YamlItem.Sequence { Items: var items } ? items.Reverse() : [from];
        foreach (var one in all)
        {
            if (one is not YamlItem.Mapping mapping)
                throw Refused(from.Line, "the value of a merge key '<<' must be a mapping, or a list of mappings. Correct the alias.");
            foreach (var (name, value) in mapping.Entries)
                into[name] = value;
        }
    }

    private static KubeConfigException Refused(long line, string what, Exception? inner = null) =>
        new(string.Create(CultureInfo.InvariantCulture, $"line {line}: {what}"), inner);
}
