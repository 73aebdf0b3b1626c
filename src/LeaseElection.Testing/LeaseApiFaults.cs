using System.Collections.Immutable;

namespace LeaseElection.Testing;

/// <summary>The faults at work on a <see cref="LeaseApiServer"/>: scripted, one by one, or drawn from a seed.</summary>
/// <remarks>
/// All members may be used from any thread. A request is hit by every fault that matches it, in the order in which they were added.
/// </remarks>
public sealed class LeaseApiFaults
{
    private readonly Action _changed;
    private ImmutableList<FaultHandle> _handles = [];

    internal LeaseApiFaults(Action changed) => _changed = changed;

    /// <summary>Puts a fault to work.</summary>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="when">Which requests it hits; null: all, also those that ask for no Lease.</param>
    /// <param name="times">How often it hits, from 1 on; default: without end.</param>
    /// <returns>A handle: dispose of it to end the fault.</returns>
    public FaultHandle Add(Fault fault, Func<LeaseApiRequest, bool>? when = null, int times = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        return Add(new FaultRule([fault], when, times, probability: 1, random: null));
    }

    /// <summary>Lets things go wrong at random, the same way for the same seed and the same requests in the same order.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="probability">How likely a request is hit: 0 to 1.</param>
    /// <param name="faults">What goes wrong, each as likely as the others. Not empty.</param>
    /// <param name="when">Which requests may be hit; null: all.</param>
    /// <returns>A handle: dispose of it to end the faults.</returns>
    public FaultHandle AddSeeded(int seed, double probability, IReadOnlyList<Fault> faults, Func<LeaseApiRequest, bool>? when = null)
    {
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentOutOfRangeException.ThrowIfZero(faults.Count, nameof(faults));
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
#pragma warning disable CA5394 // Repeatable is what it is for.
        return Add(new FaultRule([.. faults], when, int.MaxValue, probability, new Random(seed)));
#pragma warning restore CA5394
    }

    /// <summary>Ends all faults and lets go what they hold.</summary>
    public void Clear()
    {
        foreach (var handle in _handles)
            handle.Dispose();
    }

    /// <summary>The faults that hit a request; each is one hit.</summary>
    internal List<ActiveFault> Take(LeaseApiRequest request, Func<Fault, bool> kinds)
    {
        var taken = new List<ActiveFault>();
        foreach (var handle in Volatile.Read(ref _handles))
        {
            if (handle.Take(request, kinds) is { } fault)
                taken.Add(new(fault, handle.Ended));
        }

        return taken;
    }

    private FaultHandle Add(FaultRule rule)
    {
        var handle = new FaultHandle(rule, h =>
        {
            ImmutableInterlocked.Update(ref _handles, handles => handles.Remove(h));
            _changed();
        });
        ImmutableInterlocked.Update(ref _handles, handles => handles.Add(handle));
        _changed();
        return handle;
    }
}
