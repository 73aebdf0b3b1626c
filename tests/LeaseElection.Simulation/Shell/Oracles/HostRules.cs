using LeaseElection.Simulation.Shell.Records;

namespace LeaseElection.Simulation.Shell.Oracles;

/// <summary>What a host owes to those who run it.</summary>
internal static class HostRules
{
    private const int BrokeDown = 21;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    // A second, less a fifth.
    private static readonly TimeSpan LeastBackoff = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Flush = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SoonTold = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Requests = TimeSpan.FromMilliseconds(150);

    public static IEnumerable<(ShellRule Rule, string Subject, string Text)> Judge(Scene scene)
    {
        foreach (var host in scene.Living)
        {
            if (!Renews(host, scene))
                yield return (ShellRule.NotRenewed, $"{host.Name} {host.LastGoodCommit}", $"{host.Name} holds the Lease, and has not renewed it for {(scene.Now - host.LastGoodCommit!.Value).TotalSeconds:0.000} s");
            if (host.Goes && host.Terms.FirstOrDefault(t => MustStopHost(t, scene)) is { } fatal)
                yield return (ShellRule.HostNotStopped, host.Name, $"{host.Name} was not asked to stop, though {fatal} {(fatal.OverrunToldAt is null ? "failed" : "overran")}");
            foreach (var (older, newer) in host.Terms.Zip(host.Terms.Skip(1)).Where(static pair => LedTooSoon(pair.First, pair.Second)))
                yield return (ShellRule.BackoffTooShort, newer.ToString(), $"{newer} began {(newer.BeganAt - older.ScopeDisposedAt!.Value).TotalMilliseconds:0} ms after the failed work of the one before had ended");
            if (StopHangs(host, scene))
                yield return (ShellRule.StopHangs, host.Name, $"{host.Name} has been stopping since {host.StoppingSince!.Value.TotalSeconds:0.000} s");
            if (host.StartWaitsSince is { } waits && host.Goes && scene.Now > waits + SoonTold && host.LastWarning is null && host.LogSpoiltSince is null)
                yield return (ShellRule.SilentHang, host.Name, $"{host.Name} has waited in its start for leadership since {waits.TotalSeconds:0.000} s, and no warning says so");
            if (host.DisposeThrew is { } error)
                yield return (ShellRule.DisposeThrew, host.Name, $"{host.Name}: {error}");
            if (host.IsTraced)
                yield return (ShellRule.Traced, host.Name, $"{host.Name} was started in an Activity, and its requests or its work belong to that");
            if (host.LastLogged(BrokeDown) is not null)
                yield return (ShellRule.BrokeDown, host.Name, $"{host.Name} broke down");
            if (LiesAboutHealth(host, scene) is { } lie)
                yield return (ShellRule.Health, host.Name, $"{host.Name} says it is {host.Health}, though {lie}");
            foreach (var part in host.Terms.SelectMany(static t => t.Parts).Where(static p => p.DisposedUnderWork || p.Disposals > 1))
                yield return (ShellRule.Disposal, part.ToString(), $"{part} was disposed of {part.Disposals} times{(part.DisposedUnderWork ? ", and while at work" : "")}");
            foreach (var term in host.Terms.Where(static t => t.ScopeDisposedUnderWork))
                yield return (ShellRule.Disposal, term.ToString(), $"{term}: its scope was disposed of before its parts had ended");
        }
    }

    /// <summary>Judged when all is over: what was made was disposed of, once.</summary>
    public static IEnumerable<(ShellRule Rule, string Subject, string Text)> JudgeEnd(Scene scene) =>
        from term in scene.Terms
        from part in term.Parts
        where part is { WasMade: true, IsFunction: false }
            && (part.Disposals == 0 || part is { HasHooks: true, StopEnded: true, StoppedHookCalled: false })
        select part.Disposals == 0
            ? (ShellRule.Disposal, part.ToString(), $"{part} was never disposed of")
            : (ShellRule.HookForgotten, part.ToString(), $"{part}: its StoppedAsync was not called");

    private static bool Renews(HostRecord host, Scene scene)
    {
        if (!host.Holds || host.LastGoodCommit is not { } last || host.LastInjury >= host.LastGoodSend || host.LeaseTouchedAt >= host.LastGoodSend || host.IsCut)
            return true;
        if (host.LastGoodCommit >= host.HoldsUntil || (host.LastGoodSend > host.LastAnsweredSend && scene.Now >= host.HoldsUntil))
            return true; // Its last write took effect, but too late for it to know: it has lost.
        if (!scene.Settings.ReleaseOnStop && !host.Goes && !host.IsAtWork)
            return true; // It left, and the Lease is to expire.
        return scene.Now - last <= scene.Settings.RenewInterval + Requests;
    }

    private static bool MustStopHost(TermRecord term, Scene scene) =>
        (scene.Settings.WhenWorkFails == WorkFailurePolicy.StopHost && term.EndReason == nameof(TermEndReason.WorkFailed) && scene.Now > term.EndedAt + Tick)
        || (scene.Settings.WhenWorkOverruns == WorkOverrunPolicy.StopHost && scene.Now > term.OverrunToldAt + Tick);

    private static bool LedTooSoon(TermRecord older, TermRecord newer) =>
        older.EndReason == nameof(TermEndReason.WorkFailed) && newer.BeganAt < older.ScopeDisposedAt + LeastBackoff;

    private static bool StopHangs(HostRecord host, Scene scene)
    {
        if (host.StopCalledAt is not { } called || host.StopWentOnAt is not null || host.DisposeCalledAt is not null)
            return false;
        var settings = scene.Settings;
        var promised = host.StoppingSince!.Value + settings.DrainTimeout + (settings.RequestTimeout * 2) + settings.RetryPeriod + Tick + Flush + Requests;
        if (host.StopHurriedAt is { } hurried && hurried + Tick < promised)
            promised = hurried + Tick;
        return scene.Now > promised && scene.Now > called + Tick;
    }

    private static string? LiesAboutHealth(HostRecord host, Scene scene)
    {
        if (host.Health is null)
            return null;
        if (host.Health != "Unhealthy" && host.Terms.Any(t => t.OverrunToldAt < host.HealthAskedAt && t.IsAtWork))
            return "work outlives its term";
        if (host.Health == "Healthy" && host.ForeignBlockedSince + scene.Settings.RenewDeadline + Flush < host.HealthAskedAt)
            return "a logger or a listener has blocked for longer than RenewDeadline";
        return null;
    }
}
