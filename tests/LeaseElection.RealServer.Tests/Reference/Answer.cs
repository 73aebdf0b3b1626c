namespace LeaseElection.RealServer.Tests.Reference;

/// <summary>What came of one client with one case.</summary>
/// <param name="Lines">What it did, one thing a line.</param>
/// <param name="Refusal">What it said of not getting the Lease; null if it got it.</param>
internal sealed record Answer(IReadOnlyList<string> Lines, string? Refusal)
{
    private string Outcome => Refusal is null ? "gets the Lease" : "is refused";

    /// <summary>Lines that only one of the two has; of equals, none. A refusal's words are each client's own.</summary>
    public IEnumerable<string> Without(Answer other) => Lines.Append(Outcome).Except(other.Lines.Append(other.Outcome));
}
