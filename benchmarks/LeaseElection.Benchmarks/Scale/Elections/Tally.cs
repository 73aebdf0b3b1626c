namespace LeaseElection.Benchmarks.Scale.Elections;

/// <summary>How many elections of the process have a known leader, and how many terms it lost.</summary>
internal sealed class Tally(int elections)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _known;
    private int _lost;

    public Task Settled => _settled.Task;

    public int Lost => Volatile.Read(ref _lost);

    /// <summary>Once an election.</summary>
    public void Know()
    {
        if (Interlocked.Increment(ref _known) == elections)
            _settled.SetResult();
    }

    public void Lose() => Interlocked.Increment(ref _lost);
}
