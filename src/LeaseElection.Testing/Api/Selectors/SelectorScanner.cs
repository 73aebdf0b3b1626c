namespace LeaseElection.Testing.Api.Selectors;

/// <summary>Reads the words and signs of a label selector.</summary>
internal sealed class SelectorScanner(string text)
{
    private int _at;

    public bool IsAtEndOfRequirement
    {
        get
        {
            SkipSpace();
            return _at == text.Length || text[_at] == ',';
        }
    }

    public bool Take(string sign)
    {
        SkipSpace();
        if (!text.AsSpan(_at).StartsWith(sign, StringComparison.Ordinal))
            return false;
        _at += sign.Length;
        return true;
    }

    public bool TakeWord(string word)
    {
        SkipSpace();
        if (WordAt() != word)
            return false;
        _at += word.Length;
        return true;
    }

    /// <summary>A word, which may be empty.</summary>
    public string Word()
    {
        SkipSpace();
        var word = WordAt();
        _at += word.Length;
        return word;
    }

    public void Expect(string sign)
    {
        if (!Take(sign))
            throw Wrong($"found '{text[_at..]}', expected: '{sign}'");
    }

    public void End()
    {
        SkipSpace();
        if (_at < text.Length)
            throw Wrong($"found '{text[_at..]}', expected: ',' or 'end of string'");
    }

    public static ApiException Wrong(string what) => new(ApiStatus.BadRequest($"unable to parse requirement: {what}"));

    private string WordAt()
    {
        var end = _at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && !"=!,()<>".Contains(text[end], StringComparison.Ordinal))
            end++;
        return text[_at..end];
    }

    private void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
    }
}
