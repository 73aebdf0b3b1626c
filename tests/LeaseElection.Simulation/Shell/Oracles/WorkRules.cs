using LeaseElection.Simulation.Shell.Records;

namespace LeaseElection.Simulation.Shell.Oracles;

/// <summary>Works that run where, or when, they must not.</summary>
internal static class WorkRules
{
    private static readonly TimeSpan Timers = TimeSpan.FromMilliseconds(20);

    public static IEnumerable<(ShellRule Rule, string Subject, string Text)> Judge(Scene scene)
    {
        foreach (var host in scene.Living)
        {
            if (host.ReleasedUnder is { } parts)
                yield return (ShellRule.GivenUpUnderWork, host.Name, $"{host.Name} released the Lease while at work: {parts}");
        }

        var working = scene.Terms.Where(static t => t.IsAtWork).OrderBy(static t => t.BeganAt).ToList();
        for (var newer = 1; newer < working.Count; newer++)
        {
            for (var older = 0; older < newer; older++)
            {
                if (Why(working[older], working[newer], scene) is { } why)
                    yield return (ShellRule.DoubleRun, $"{working[older]}, {working[newer]}", $"{working[older]} and {working[newer]} are at work at once: {why}");
            }
        }
    }

    // Null where it is admitted: the older one was robbed of its Lease, and is within its allowance or was reported in time.
    private static string? Why(TermRecord older, TermRecord newer, Scene scene)
    {
        if (older.Host == newer.Host)
            return "in one process";
        if (older.Host.LeaseDeletedAt >= older.HeldSince)
            return null; // A host that never saw a deleted Lease cannot know: the documented limit.
        if (!older.Host.WasRobbedSince(older.HeldSince))
            return "nothing cost the older one its Lease";
        var allowed = LostAt(older) + scene.Settings.Allowance + Timers;
        if (scene.Now <= allowed)
            return null;
        // A lease of 1 s at the edge is over before the least allowance is: told at its end is in time too.
        if (older.OverrunToldAt <= newer.BeganAt || older.OverrunToldAt <= allowed)
            return null;
        return older.Host.LogSpoiltSince is not null ? null : "the overrun was not told before the newer one began";
    }

    // Work that drains after a step-down keeps the Lease by renewals, which may fail later: its allowance counts from then, unless the
    // Lease was touched.
    private static TimeSpan? LostAt(TermRecord older) =>
        older.Host.HoldsUntil > older.EndedAt && !(older.Host.LeaseTouchedAt >= older.EndedAt) && !(older.Host.JumpedAt >= older.EndedAt)
            ? older.Host.HoldsUntil
            : older.EndedAt;
}
