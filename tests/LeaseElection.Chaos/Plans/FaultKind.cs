namespace LeaseElection.Chaos.Plans;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>SIGTERM, as in a rolling update; another process takes its place.</summary>
    Terminate,

    /// <summary>SIGKILL; another process takes its place.</summary>
    Kill,

    /// <summary>SIGSTOP, and SIGCONT 0.1 to 3 lease durations later.</summary>
    Freeze,

    /// <summary>Nothing passes in either direction for a while, and then arrives late.</summary>
    BlackHole,

    /// <summary>The same, but what was open then stays silent for good.</summary>
    Forgotten,

    /// <summary>All connections are reset.</summary>
    Reset,

    /// <summary>Requests do not arrive until it is over: they take effect late.</summary>
    RequestsHeld,

    /// <summary>Requests arrive and take effect, the answers do not come until it is over.</summary>
    ResponsesHeld,

    /// <summary>Answers come just before a request's time is over.</summary>
    Slow,

    /// <summary>Answers come late, and then not at all.</summary>
    SlowThenCut,

    /// <summary>kube-apiserver crashes and is started again.</summary>
    ApiServerRestart,

    /// <summary>etcd crashes and is started again.</summary>
    EtcdRestart,

    /// <summary>Somebody deletes the Lease.</summary>
    LeaseDeleted,

    /// <summary>Somebody puts another holder into the Lease, and is not heard of again.</summary>
    LeaseEdited,
}
