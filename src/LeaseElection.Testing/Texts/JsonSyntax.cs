using System.Globalization;

namespace LeaseElection.Testing.Texts;

/// <summary>What Go's JSON decoder says of a text that is no JSON. kube-apiserver passes its words on.</summary>
internal ref struct JsonSyntax
{
    private const string End = "unexpected end of JSON input";

    private readonly ReadOnlySpan<byte> _text;
    private readonly Stack<byte> _open = new();
    private Expected _next = Expected.Value;
    private int _at;

    private JsonSyntax(ReadOnlySpan<byte> text) => _text = text;

    private enum Expected
    {
        Value,
        ValueOrEnd,
        Key,
        KeyOrEnd,
        Colon,
        AfterValue,
    }

    /// <summary>The first error; null for JSON.</summary>
    /// <param name="text">The text.</param>
    /// <param name="deepest">How many objects and arrays may be within each other.</param>
    public static string? Error(ReadOnlySpan<byte> text, int deepest)
    {
        var syntax = new JsonSyntax(text);
        string? error = null;
        while (error is null && syntax.SkipSpace())
            error = syntax._open.Count > deepest ? $"invalid character '{(char)text[syntax._at - 1]}' exceeded max depth" : syntax.Step();
        return error ?? (syntax is { _next: Expected.AfterValue, _open.Count: 0 } ? null : End);
    }

    private bool SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            _at++;
        return _at < _text.Length;
    }

    private string? Step()
    {
        var c = (char)_text[_at];
        switch (_next)
        {
            case Expected.KeyOrEnd or Expected.ValueOrEnd when c == (_next == Expected.KeyOrEnd ? '}' : ']'):
                return Close();
            case Expected.Key or Expected.KeyOrEnd:
                _next = Expected.Colon;
                return c == '"' ? Text() : Invalid("looking for beginning of object key string");
            case Expected.Colon:
                _next = Expected.Value;
                return c == ':' ? Pass() : Invalid("after object key");
            case Expected.AfterValue:
                return AfterValue(c);
            default:
                return Value(c);
        }
    }

    private string? Value(char c)
    {
        _next = Expected.AfterValue;
        switch (c)
        {
            case '{' or '[':
                _open.Push(_text[_at++]);
                _next = c == '{' ? Expected.KeyOrEnd : Expected.ValueOrEnd;
                return null;
            case '"':
                return Text();
            case 't':
                return Literal("true");
            case 'f':
                return Literal("false");
            case 'n':
                return Literal("null");
            default:
                return c == '-' || char.IsAsciiDigit(c) ? Number() : Invalid("looking for beginning of value");
        }
    }

    private string? AfterValue(char c)
    {
        if (_open.Count == 0)
            return Invalid("after top-level value");
        var isObject = _open.Peek() == '{';
        if (c == (isObject ? '}' : ']'))
            return Close();
        _next = isObject ? Expected.Key : Expected.Value;
        return c == ',' ? Pass() : Invalid(isObject ? "after object key:value pair" : "after array element");
    }

    private string? Close()
    {
        _open.Pop();
        _next = Expected.AfterValue;
        return Pass();
    }

    private string? Literal(string word)
    {
        for (var i = 0; i < word.Length; i++, _at++)
        {
            if (_at == _text.Length)
                return End;
            if (_text[_at] != word[i])
                return Invalid($"in literal {word} (expecting '{word[i]}')");
        }

        return null;
    }

    private string? Text()
    {
        for (_at++; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == '"')
                return Pass();
            if (c < ' ')
                return Invalid("in string literal");
            if (c == '\\' && Escape() is { } error)
                return error;
        }

        return End;
    }

    // Ends at the last letter of the escape.
    private string? Escape()
    {
        if (++_at == _text.Length)
            return End;
        if (!@"""\/bfnrtu".Contains((char)_text[_at], StringComparison.Ordinal))
            return Invalid("in string escape code");
        for (var digits = _text[_at] == 'u' ? 4 : 0; digits > 0; digits--)
        {
            if (++_at == _text.Length)
                return End;
            if (!char.IsAsciiHexDigit((char)_text[_at]))
                return Invalid(@"in \u hexadecimal character escape");
        }

        return null;
    }

    private string? Number()
    {
        if (_text[_at] == '-')
            _at++;
        // Nothing but a fraction or an exponent may follow a zero.
        var error = _at < _text.Length && _text[_at] == '0' ? Pass() : Digits("in numeric literal");
        if (error is null && Take('.'))
            error = Digits("after decimal point in numeric literal");
        if (error is null && (Take('e') || Take('E')))
        {
            _ = Take('+') || Take('-');
            error = Digits("in exponent of numeric literal");
        }

        return error;
    }

    private string? Digits(string where)
    {
        if (_at == _text.Length)
            return End;
        if (!char.IsAsciiDigit((char)_text[_at]))
            return Invalid(where);
        while (_at < _text.Length && char.IsAsciiDigit((char)_text[_at]))
            _at++;
        return null;
    }

    private bool Take(char c)
    {
        if (_at == _text.Length || _text[_at] != c)
            return false;
        _at++;
        return true;
    }

    private string? Pass()
    {
        _at++;
        return null;
    }

    private readonly string Invalid(string where) => $"invalid character {Quoted((char)_text[_at])} {where}";

    private static string Quoted(char c) => c switch
    {
        '\'' => @"'\''",
        '"' => "'\"'",
        >= '\x80' and < '\xa0' => string.Create(CultureInfo.InvariantCulture, $@"'\u{(int)c:x4}'"),
        _ => $"'{Go.Quote(c.ToString())[1..^1]}'",
    };
}
