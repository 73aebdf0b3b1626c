using LeaseElection.Simulation.Shell.Oracles;
using LeaseElection.Simulation.Shell.Plans;
using LeaseElection.Simulation.Shell.Records;

namespace LeaseElection.Simulation.Tests.Shell;

/// <summary>Histories made by hand, for the oracle to judge.</summary>
internal static class Scenes
{
    public static ShellSettings Settings { get; } = new()
    {
        LeaseDuration = TimeSpan.FromSeconds(3),
        RenewDeadline = TimeSpan.FromSeconds(2),
        DrainTimeout = TimeSpan.FromSeconds(4),
        WhenWorkFails = WorkFailurePolicy.StepDown,
        WhenWorkCompletes = WorkCompletionPolicy.KeepLeading,
        WhenWorkOverruns = WorkOverrunPolicy.Log,
        ReleaseOnStop = true,
    };

    public static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>A host that holds the Lease and renewed it just now.</summary>
    public static HostRecord Host(string name, double now = 10) => new(name) { Holds = true, LastGoodSend = At(now - 0.1), LastGoodCommit = At(now - 0.1), LastAnsweredSend = At(now - 0.1), HoldsUntil = At(now + 1.9), Health = "Healthy", HealthAskedAt = At(now) };

    public static TermRecord Term(HostRecord host, double began = 1, bool ended = false, string? reason = null, long token = 0)
    {
        var term =
            new TermRecord(host, host.Terms.Count, () => ended, () => ended ? reason : null) { BeganAt = At(began), FencingToken = token };
        host.Terms = [.. host.Terms, term];
        return term;
    }

    public static PartRecord Part(TermRecord term, bool isFunction = false, bool works = true)
    {
        var part = new PartRecord(term, $"part {term.Parts.Count}", isFunction) { WasMade = true, StartCalled = true, StartEnded = true, Works = works };
        term.Parts = [.. term.Parts, part];
        return part;
    }

    /// <summary>Judges at 10 s, if not told otherwise.</summary>
    public static IReadOnlyList<ShellRule> Judge(
        IReadOnlyList<HostRecord> hosts, double now = 10, bool isEnd = false, ShellSettings? settings = null)
    {
        var oracle = new ShellOracle();
        var scene = new Scene(At(now), settings ?? Settings, hosts);
        oracle.Judge(scene);
        if (isEnd)
            oracle.JudgeEnd(scene);
        return [.. oracle.Found.Select(static f => f.Rule)];
    }
}
