using LeaseElection.Election;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>A write that the machine sent, as the monitor saw it leave.</summary>
internal sealed class SentWrite(LeaseWrite write, HolderInstant sent, long step, ElectionSettings settings, bool acquires)
{
    public LeaseWrite Write => write;

    public HolderInstant ValidUntil { get; } = sent + settings.RenewDeadline;

    public long Step => step;

    public ElectionSettings Settings => settings;

    public bool Acquires => acquires;

    public bool Releases => write.Spec.HolderIdentity is "";

    /// <summary>Gets or sets a value indicating whether it took effect on the server: the truth, not what the machine was told.</summary>
    public bool Committed { get; set; }

    /// <summary>Gets or sets a value indicating whether the machine was shown that it took effect.</summary>
    public bool Shown { get; set; }

    public bool Is(in LeaseSnapshot lease) => lease.Spec == write.Spec && lease.Mark == write.Mark;
}
