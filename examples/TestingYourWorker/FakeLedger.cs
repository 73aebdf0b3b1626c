using TestingYourWorker.App;

namespace TestingYourWorker;

/// <summary>A ledger in memory, with the same fence as the real one. It notes what was booked and what was refused.</summary>
internal sealed class FakeLedger : ILedger
{
    private readonly Lock _gate = new();
    private readonly List<(string Invoice, long Token)> _entries = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _newest;

    public IReadOnlyList<(string Invoice, long Token)> Entries
    {
        get
        {
            lock (_gate)
                return [.. _entries];
        }
    }

    public int Refused { get; private set; }

    /// <summary>Gets or sets what the test looks at while something is booked.</summary>
    public Action? OnBooking { get; set; }

    public Task BookAsync(string invoice, long fencingToken, CancellationToken cancellationToken)
    {
        TaskCompletionSource news;
        lock (_gate)
        {
            OnBooking?.Invoke();
            if (fencingToken < _newest)
            {
                Refused++;
                throw new StaleLeaderException(fencingToken, _newest);
            }

            _newest = fencingToken;
            _entries.Add((invoice, fencingToken));
            (news, _news) = (_news, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        news.SetResult();
        return Task.CompletedTask;
    }

    /// <summary>Waits for an entry, without polling and without a sleep: most tests of background work wait like this.</summary>
    public async Task UntilAsync(Func<(string Invoice, long Token), bool> match)
    {
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (_entries.Any(match))
                    return;
                news = _news.Task;
            }

            await news.WaitAsync(TestContext.Current.CancellationToken);
        }
    }
}
