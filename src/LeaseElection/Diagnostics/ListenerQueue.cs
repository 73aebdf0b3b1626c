using System.Threading.Channels;

namespace LeaseElection.Diagnostics;

/// <summary>
/// Calls those who listen to metrics and spans. That is the application's code, which may wait and may throw: it runs on the thread pool, in order, one
/// call at a time, and never on the pump. Where it does not keep up, the newest calls are left out rather than kept for ever.
/// </summary>
internal sealed class ListenerQueue
{
    private const int MostWaiting = 1000;

    private readonly Channel<Action> _calls = Channel.CreateBounded<Action>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true, AllowSynchronousContinuations = false });

    private int _isRead;

    public void Post(Action call)
    {
        _calls.Writer.TryWrite(call);
        // Nobody listens in most processes: no task waits there.
        if (Interlocked.Exchange(ref _isRead, 1) == 0)
            _ = Task.Run(ReadAsync);
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            var call = await _calls.Reader.ReadAsync().ConfigureAwait(false);
            try
            {
                call();
            }
            catch (Exception)
            {
                // A listener's own; there is nobody to tell, and no election may end for it.
            }
        }
    }
}
