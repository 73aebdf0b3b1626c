using LeaseElection.Simulation.Plans;

namespace LeaseElection.Simulation.Playing;

/// <summary>What a world, or many, did: counts only.</summary>
internal sealed class Statistics
{
    private readonly long[] _faults = new long[Enum.GetValues<FaultKind>().Length];

    public long Worlds { get; set; }

    public TimeSpan VirtualTime { get; set; }

    public long Acts { get; set; }

    public long Inputs { get; set; }

    public long Writes { get; set; }

    public long Reads { get; set; }

    public long Terms { get; set; }

    public long HandOvers { get; set; }

    public long Calms { get; set; }

    /// <summary>Gets or sets the calms that could not be judged: old work ran, or everybody stood aside.</summary>
    public long CalmsUndecided { get; set; }

    public long FencedAccepted { get; set; }

    public long FencedRefused { get; set; }

    public long Exempted { get; set; }

    /// <summary>Gets or sets how often two of ours led because a modelled peer took the Lease from under one of them.</summary>
    public long ByPeers { get; set; }

    /// <summary>Gets or sets how often a modelled peer led beside one of ours: counted, not blamed on us.</summary>
    public long PeerOverlaps { get; set; }

    public long this[FaultKind kind] => _faults[(int)kind];

    public void Count(FaultKind kind) => _faults[(int)kind]++;

    public void Add(Statistics other)
    {
        Worlds += other.Worlds;
        VirtualTime += other.VirtualTime;
        Acts += other.Acts;
        Inputs += other.Inputs;
        Writes += other.Writes;
        Reads += other.Reads;
        Terms += other.Terms;
        HandOvers += other.HandOvers;
        Calms += other.Calms;
        CalmsUndecided += other.CalmsUndecided;
        FencedAccepted += other.FencedAccepted;
        FencedRefused += other.FencedRefused;
        Exempted += other.Exempted;
        PeerOverlaps += other.PeerOverlaps;
        ByPeers += other.ByPeers;
        for (var i = 0; i < _faults.Length; i++)
            _faults[i] += other._faults[i];
    }
}
