using LeaseElection.RealServer.Tests.Reference.Corpus;

namespace LeaseElection.RealServer.Tests.Reference;

/// <summary>A case, and what both clients made of it.</summary>
internal sealed record Comparison(CorpusCase Case, Answer Reference, Answer Ours)
{
    /// <summary>Gets what only the reference does, what only we do, and a refusal of ours that does not name its cause.</summary>
    public IReadOnlyList<string> Differences =>
    [
        .. Reference.Without(Ours).Select(line => $"reference: {line}"),
        .. Ours.Without(Reference).Select(line => $"ours:      {line}"),
        .. IsNamed ? Array.Empty<string>() : [$"ours:      does not name '{Case.Names}'"],
    ];

    public string Text => string.Join(
        "\n  ",
        [Case.Name, .. Differences, $"reference says: {Reference.Refusal ?? "nothing"}", $"ours says:      {Ours.Refusal ?? "nothing"}"]);

    private bool IsNamed =>
        Ours.Refusal is null || Case.Names is null || Ours.Refusal.Contains(Case.Names, StringComparison.OrdinalIgnoreCase);
}
