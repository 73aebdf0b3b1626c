using TestingYourWorker.App;

namespace TestingYourWorker;

/// <summary>Unit tests of code that asks who leads: the test says who does, with a fake.</summary>
public sealed class InvoiceDeskTests : IDisposable
{
    private readonly FakeLeaderElection _election = new();
    private readonly FakeLedger _ledger = new();
    private readonly InvoiceDesk _desk;

    public InvoiceDeskTests() => _desk = new(_election, _ledger);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _election.Dispose();

    [Fact]
    public async Task Book_WhileWeLead_BooksWithTheTermsToken()
    {
        var term = _election.Grant(); // A real LeadershipTerm, until the test revokes it.

        Assert.Equal("booked", await _desk.BookAsync("invoice-7", Cancel));
        Assert.Equal(("invoice-7", term.FencingToken), Assert.Single(_ledger.Entries));
    }

    [Fact]
    public async Task Book_WhileAnotherLeads_NamesTheOther()
    {
        _election.Grant();
        _election.HandTo("replica-b"); // Our term ends: Superseded.

        Assert.Equal("ask replica-b", await _desk.BookAsync("invoice-7", Cancel));
        Assert.Empty(_ledger.Entries);
    }

    [Fact]
    public async Task Book_WhileNobodyLeads_AsksForPatience() =>
        Assert.Equal("try again later", await _desk.BookAsync("invoice-7", Cancel));

    [Fact]
    public async Task Book_AfterTheDeadline_IsRefused()
    {
        var time = new FakeTimeProvider();
        var term = _election.Grant(TimeSpan.FromSeconds(10), time); // A term without renewals.
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("try again later", await _desk.BookAsync("invoice-7", Cancel));
        Assert.Equal(TermEndReason.DeadlinePassed, term.EndReason);
    }
}
