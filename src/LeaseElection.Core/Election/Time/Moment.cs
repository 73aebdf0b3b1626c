namespace LeaseElection.Election.Time;

/// <summary>What a step of the machine knows about time and chance: it has no clock and no randomness of its own.</summary>
/// <param name="Monotonic">For waiting (S3), pacing and timers.</param>
/// <param name="Holder">For believing in a term (S2). Taking a moment is a tick of this clock, so every send is one (S7).</param>
/// <param name="Wall">Written into the Lease for people to read; never compared with anything.</param>
/// <param name="Random">64 fresh random bits: the source of jitter and of a mark's nonce.</param>
internal readonly record struct Moment(MonotonicInstant Monotonic, HolderInstant Holder, DateTimeOffset Wall, ulong Random);
