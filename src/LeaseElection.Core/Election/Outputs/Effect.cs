using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Election.Outputs;

/// <summary>What to do. A value: the machine decides, the loop acts, in the order of the list.</summary>
internal readonly record struct Effect(EffectKind Kind)
{
    /// <summary>Gets the number of the write (of a probe: the one that has no answer) or of the term.</summary>
    public long Number { get; init; }

    /// <summary>Gets what <see cref="EffectKind.Write"/> sends.</summary>
    public LeaseWrite Write { get; init; }

    /// <summary>Gets a value indicating whether <see cref="EffectKind.Probe"/> reads on another connection than the last write's.</summary>
    public bool OnAnother { get; init; }

    /// <summary>Gets how long the request may take.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Gets the fencing token of a term that begins, or the version that a watch starts from.</summary>
    public long Version { get; init; }

    /// <summary>Gets the deadline of a term that begins or is extended.</summary>
    public HolderInstant ValidUntil { get; init; }

    /// <summary>Gets when the timer is to fire; <see cref="MonotonicInstant.Never"/> disarms it.</summary>
    public MonotonicInstant At { get; init; }

    public TermEndReason Reason { get; init; }

    /// <summary>Gets the leader's identity; null when there is no leader.</summary>
    public string? Leader { get; init; }

    public Notice Notice { get; init; }
}
