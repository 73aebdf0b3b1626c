using System.Collections.Concurrent;
using LeaseElection.Simulation.Oracles;
using LeaseElection.Simulation.Plans;
using LeaseElection.Simulation.Playing;

namespace LeaseElection.Simulation.Running;

/// <summary>
/// Many worlds, on all cores. Each is played by one thread from its seed alone, so the order in which they are played means nothing.
/// </summary>
internal sealed class Batch(TimeSpan length, string? mutant = null)
{
    private readonly Lock _gate = new();
    private long _played;
    private volatile bool _isStopped;

    /// <summary>Gets how many worlds are done.</summary>
    public long Played => Volatile.Read(ref _played);

    public Statistics Statistics { get; } = new();

    /// <summary>Gets what was found, by seed.</summary>
    public ConcurrentDictionary<ulong, Violation> Found { get; } = new();

    public bool IsStopped => _isStopped;

    /// <summary>No world is begun any more; those that are under way are played to their end, and count.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>Plays these seeds, until so many rules were broken.</summary>
    public void Run(ulong from, long seeds, int most = int.MaxValue)
    {
        Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, NewTally, Play, Count);

        Statistics NewTally() => new();

        Statistics Play(long index, ParallelLoopState loop, Statistics tally)
        {
            if (_isStopped)
            {
                loop.Stop();
                return tally;
            }

            Mutants.Active = mutant;
            var world = new World(Planner.Plan(from + (ulong)index, length));
            if (world.Play() is { } violation)
            {
                Found[from + (ulong)index] = violation;
                if (Found.Count >= most)
                    loop.Stop();
            }

            tally.Add(world.Statistics);
            Interlocked.Increment(ref _played);
            return tally;
        }

        void Count(Statistics tally)
        {
            lock (_gate)
                Statistics.Add(tally);
        }
    }
}
