using TestingYourWorker.App;

namespace TestingYourWorker;

/// <summary>Unit tests of the leader's work: a term from the fake, and the worker as AddLeaderService runs it.</summary>
public sealed class InvoiceWorkerTests : IDisposable
{
    private readonly FakeLeaderElection _election = new();
    private readonly FakeLedger _ledger = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _election.Dispose();

    [Fact]
    public async Task Worker_BooksUntilItsTermEnds()
    {
        var term = _election.Grant();
        using var worker = new InvoiceWorker(term, _ledger, TimeProvider.System);
        await worker.StartAsync(term.EndedToken); // As AddLeaderService does it.
        await _ledger.UntilAsync(e => e.Invoice == "due-2");

        _election.Revoke(); // Cancels the term's token. The reason is a parameter; the default is a loss.
        await worker.ExecuteTask!.ContinueWith(_ => { }, Cancel, TaskContinuationOptions.None, TaskScheduler.Default);
        Assert.Equal(TaskStatus.Canceled, worker.ExecuteTask.Status);
        Assert.All(_ledger.Entries, e => Assert.Equal(term.FencingToken, e.Token));
    }

    [Fact]
    public async Task Ledger_AfterASuccessorBooked_RefusesTheTermBefore()
    {
        // A process that was paused between its check and its write: no lease can prevent this, the fence can.
        var paused = _election.Grant();
        _election.HandTo("replica-b");
        var successor = _election.Grant(); // Tokens rise with every term, over all fakes of the process.
        await _ledger.BookAsync("invoice-7", successor.FencingToken, Cancel);

        await Assert.ThrowsAsync<StaleLeaderException>(() => _ledger.BookAsync("invoice-7", paused.FencingToken, Cancel));
    }
}
