namespace LeaseElection.Testing.Api.Selectors;

/// <summary>Cuts a label selector into words and signs, as kube-apiserver does: what its messages quote are these.</summary>
internal sealed class SelectorScanner
{
    private const string SignLetters = "=!,()<>";

    // The longest first.
    private static readonly string[] Signs = ["==", "!=", "=", "!", ",", "(", ")", "<", ">"];

    private readonly List<string> _tokens = [];
    private int _at;

    public SelectorScanner(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var token = Signs.FirstOrDefault(s => string.CompareOrdinal(text, at, s, 0, s.Length) == 0) ?? Word(text, at);
            _tokens.Add(token);
            at += token.Length;
        }
    }

    /// <summary>Gets the next word or sign; empty at the end.</summary>
    public string Next => _at < _tokens.Count ? _tokens[_at] : "";

    public bool IsAtWord => Next.Length > 0 && !SignLetters.Contains(Next[0], StringComparison.Ordinal);

    public string Take()
    {
        var token = Next;
        _at++;
        return token;
    }

    public bool Take(string token)
    {
        if (Next != token)
            return false;
        _at++;
        return true;
    }

    private static string Word(string text, int at)
    {
        var end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && !SignLetters.Contains(text[end], StringComparison.Ordinal))
            end++;
        return text[at..end];
    }
}
