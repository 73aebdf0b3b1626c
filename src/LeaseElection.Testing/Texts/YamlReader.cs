using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LeaseElection.Testing.Texts;

/// <summary>
/// Reads the first document of a text. From its events: YamlDotNet's own nodes call themselves without end where a key contains itself,
/// and the process ends.
/// </summary>
internal sealed class YamlReader
{
    private readonly List<ParsingEvent> _events = [];
    private readonly Dictionary<int, int> _targets = []; // Where an alias is, and where what it stands for begins.
    private readonly HashSet<int> _open = []; // What contains the place where the reader is.
    private readonly Action<string> _doubled;
    private int _at;
    private int _left;

    // Every value takes a byte of the text: there are more of them only where aliases multiply them.
    private YamlReader(int length, Action<string> doubled)
    {
        _left = length;
        _doubled = doubled;
    }

    /// <summary>The document; null for none.</summary>
    /// <exception cref="YamlException">No YAML, or none that is JSON.</exception>
    public static JsonNode? Read(byte[] body, Action<string> doubled)
    {
        var reader = new YamlReader(body.Length, doubled);
        using var text = new StreamReader(new MemoryStream(body));
        reader.Parse(new Parser(text));
        return reader._events.Count > 0 ? reader.Next(depth: 0) : null;
    }

    private void Parse(Parser parser)
    {
        var anchors = new Dictionary<AnchorName, int>();
        var depth = 0;
        while (parser.MoveNext() && parser.Current is not DocumentEnd)
        {
            var current = parser.Current!;
            if (current is StreamStart or StreamEnd or DocumentStart)
                continue;
            depth += current.NestingIncrease;
            if (depth > Json.Deepest)
                throw TooDeep();
            if (current is NodeEvent { Anchor.IsEmpty: false } named)
                anchors[named.Anchor] = _events.Count;
            if (current is AnchorAlias alias)
            {
                _targets[_events.Count] = anchors.TryGetValue(alias.Value, out var target)
                    ? target
                    : throw new YamlException($"unknown anchor '{alias.Value}' referenced");
            }

            _events.Add(current);
        }
    }

    private JsonNode? Next(int depth)
    {
        if (depth > Json.Deepest)
            throw TooDeep();
        if (--_left < 0)
            throw new YamlException("document contains excessive aliasing");
        var at = _at++;
        switch (_events[at])
        {
            case MappingStart:
                _open.Add(at);
                var json = new JsonObject();
                while (_events[_at] is not MappingEnd)
                    Add(json, depth);
                _open.Remove(at);
                _at++;
                return json;
            case SequenceStart:
                _open.Add(at);
                var items = new JsonArray();
                while (_events[_at] is not SequenceEnd)
                    items.Add(Next(depth + 1));
                _open.Remove(at);
                _at++;
                return items;
            case AnchorAlias alias:
                _at = _targets[at];
                if (_open.Contains(_at))
                    throw new YamlException($"anchor '{alias.Value}' value contains itself");
                var same = Next(depth);
                _at = at + 1;
                return same;
            default:
                return Value((Scalar)_events[at]);
        }
    }

    private void Add(JsonObject json, int depth)
    {
        var at = _at;
        var key = Key(depth);
        if (json.ContainsKey(key))
            _doubled(string.Create(CultureInfo.InvariantCulture, $"line {_events[at].Start.Line}: key {Go.Quote(key)} already set in map"));
        json[key] = Next(depth + 1);
    }

    private string Key(int depth)
    {
        if (_events[_targets.GetValueOrDefault(_at, _at)] is not Scalar key)
            throw new YamlException($"invalid map key: {Go.Syntax(Next(depth + 1))}");
        _at++;
        return key.Value;
    }

    private static YamlException TooDeep() => new("exceeded max depth of 10000");

    private static JsonNode? Value(Scalar scalar)
    {
        var text = scalar.Value;
        if (scalar.Style is not ScalarStyle.Plain)
            return text;
        return text switch
        {
            "" or "~" or "null" => null,
            "true" => true,
            "false" => false,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) => number,
            _ => text,
        };
    }
}
