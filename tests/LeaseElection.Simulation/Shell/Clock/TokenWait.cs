namespace LeaseElection.Simulation.Shell.Clock;

/// <summary>A thread that does nothing but wait for a token, or to be let go: user code that polls its token.</summary>
internal sealed class TokenWait(Gate end, CancellationToken token)
{
    private volatile bool _isOver;

    /// <summary>Gets a value indicating whether the thread sleeps, and nothing woke it.</summary>
    public bool Sleeps => !_isOver && !token.IsCancellationRequested && !end.IsOpen;

    /// <summary>Gets a value indicating whether it has something to do.</summary>
    public bool Runs => !_isOver && !Sleeps;

    public void Over() => _isOver = true;

    /// <summary>Waits by the token's handle, which needs no thread of the pool to be set.</summary>
    public void Wait() => WaitHandle.WaitAny([token.WaitHandle, end.Handle]);
}
