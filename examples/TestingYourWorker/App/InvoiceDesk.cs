namespace TestingYourWorker.App;

/// <summary>Books an invoice by hand: what an HTTP endpoint calls, on every replica. Only the leader books.</summary>
internal sealed class InvoiceDesk(ILeaderElection election, ILedger ledger)
{
    public async Task<string> BookAsync(string invoice, CancellationToken cancellationToken)
    {
        if (election.Term is not { } term)
            return election.LeaderIdentity is { } leader ? $"ask {leader}" : "try again later";
        await ledger.BookAsync(invoice, term.FencingToken, cancellationToken);
        return "booked";
    }
}
