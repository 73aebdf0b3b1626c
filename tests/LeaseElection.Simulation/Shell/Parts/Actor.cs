using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Plans;

namespace LeaseElection.Simulation.Shell.Parts;

/// <summary>Does what a plan says at one place. In the calm that a world ends with, all code is as it should be.</summary>
internal sealed class Actor(WorldTime time, Settling settling, Thread worlds)
{
    private readonly Gate _end = new(settling);
    private volatile bool _isCalm;

    /// <summary>Gets what holds all that hangs.</summary>
    public Gate LetGo { get; } = new(settling);

    public bool IsCalm => _isCalm;

    /// <summary>Gets where user code was about to hold the thread that moves the clock; null: nowhere.</summary>
    public string? MisusedThread { get; private set; }

    public void Calm()
    {
        _isCalm = true;
        LetGo.Open();
    }

    /// <summary>The world is over: no thread is kept for it.</summary>
    public void End() => _end.Open();

    public async Task DoAsync(Act act, string place, CancellationToken token)
    {
        if (_isCalm)
            return;
        switch (act.Kind)
        {
            case ActKind.Throws:
                throw new InvalidOperationException($"{place} throws, as planned");
            case ActKind.Waits:
                await Task.WhenAny(Task.Delay(act.Length, time, CancellationToken.None), LetGo.Opened);
                break;
            case ActKind.Eager:
                await Task.WhenAny(Task.Delay(act.Length, time, token), LetGo.Opened).Unwrap();
                break;
            case ActKind.Hangs:
                await LetGo.Opened;
                break;
            default:
                Do(act, place);
                break;
        }
    }

    /// <summary>The same where code cannot await.</summary>
    public void Do(Act act, string place)
    {
        if (_isCalm)
            return;
        switch (act.Kind)
        {
            case ActKind.Throws:
                throw new InvalidOperationException($"{place} throws, as planned");
            case ActKind.Waits or ActKind.Blocks:
                Block(act.Length);
                break;
            case ActKind.Hangs or ActKind.BlocksForLong:
                Block(TimeSpan.Zero);
                break;
            default:
                break;
        }
    }

    /// <summary>Holds the thread for this time; zero: until the world lets go.</summary>
    public void Block(TimeSpan length)
    {
        if (_isCalm || IsTheWorldsOwn())
            return;
        if (length <= TimeSpan.Zero)
        {
            LetGo.Block();
            return;
        }

        var gate = new Gate(settling);
        using var timer = time.CreateTimer(static gate => ((Gate)gate!).Open(), gate, length, Timeout.InfiniteTimeSpan);
        // Opened by the calm as well: nobody blocks for longer than the world is wild.
        _ = LetGo.Opened.ContinueWith(
            static (_, gate) => ((Gate)gate!).Open(), gate, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        gate.Block();
    }

    /// <summary>Holds the thread until the token is cancelled, and looks at nothing but that.</summary>
    public void BlockUntil(CancellationToken token)
    {
        if (IsTheWorldsOwn())
            return;
        var wait = new TokenWait(_end, token);
        settling.Add(wait);
        while (!token.IsCancellationRequested && !_end.IsOpen)
            wait.Wait();
        settling.Remove(wait);
    }

    /// <summary>A thread that is none of the pool's.</summary>
    public Task OnAThread(Action<CancellationToken> work, CancellationToken token)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        settling.OwnThreads(1);
        new Thread(() => Run(work, ended, token)) { IsBackground = true }.Start();
        return ended.Task;
    }

    private bool IsTheWorldsOwn()
    {
        if (Thread.CurrentThread != worlds)
            return false;
        MisusedThread ??= Environment.StackTrace;
        return true;
    }

    private void Run(Action<CancellationToken> work, TaskCompletionSource ended, CancellationToken token)
    {
        try
        {
            work(token);
            ended.SetResult();
        }
        catch (Exception error) // The part's: its caller gets it.
        {
            ended.SetException(error);
        }
        finally
        {
            settling.OwnThreads(-1);
        }
    }
}
