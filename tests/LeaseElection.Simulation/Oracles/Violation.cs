namespace LeaseElection.Simulation.Oracles;

/// <summary>A rule that was broken.</summary>
/// <param name="Oracle">Who found it.</param>
/// <param name="At">When, in true time.</param>
/// <param name="Text">What happened.</param>
internal sealed record Violation(OracleKind Oracle, TimeSpan At, string Text);

/// <summary>What is looked for.</summary>
internal enum OracleKind
{
    /// <summary>Two of ours with IsLeader.</summary>
    TwoLeaders,

    /// <summary>Two works running, though none overran its allowance.</summary>
    TwoWorks,

    /// <summary>A term that answered no, and yes again.</summary>
    Revived,

    /// <summary>A term whose token was cancelled long after its deadline, though threads could run.</summary>
    Late,

    /// <summary>A write that took effect without the Lease that it was meant for.</summary>
    Precondition,

    /// <summary>A fencing token that is not larger than all before, or a leader whose writes a fenced store refuses.</summary>
    Token,

    /// <summary>Nobody leads though nothing is wrong any more.</summary>
    Liveness,

    /// <summary>A term that ended though nothing was wrong.</summary>
    Stability,

    /// <summary>A graceful hand-over that took more than two round trips and the work's end.</summary>
    HandOver,

    /// <summary>Requests without end.</summary>
    Storm,

    /// <summary>A term that began while its replica was paused.</summary>
    Pause,

    /// <summary>An exception out of the library.</summary>
    Crash,
}
