namespace LeaseElection.Testing.Tests.Docs.Recipes;

/// <summary>How often the jobs of one replica ran.</summary>
internal sealed class Worked
{
    private int _times;

    public int Times => Volatile.Read(ref _times);

    public void Once() => Interlocked.Increment(ref _times);
}
