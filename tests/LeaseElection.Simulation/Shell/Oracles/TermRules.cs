using LeaseElection.Simulation.Shell.Records;

namespace LeaseElection.Simulation.Shell.Oracles;

/// <summary>How terms go on and end.</summary>
internal static class TermRules
{
    private const int WorkFailed = 13;
    private const int FailedWhileStopping = 14;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AtLeast = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Losses = [nameof(TermEndReason.DeadlinePassed), nameof(TermEndReason.Superseded), nameof(TermEndReason.LeaseDeleted), nameof(TermEndReason.LeaseEdited)];

    public static IEnumerable<(ShellRule Rule, string Subject, string Text)> Judge(Scene scene)
    {
        foreach (var term in scene.Terms)
        {
            if (term.HasEnded && term.EndedAt is null)
            {
                term.EndedAt = scene.Now;
                if (Losses.Contains(term.EndReason) && !term.Host.WasRobbedSince(term.HeldSince))
                    yield return (ShellRule.LostWithoutCause, term.ToString(), $"{term} was lost ({term.EndReason}), and nothing cost it its Lease");
            }

            if (!term.HasEnded && term.Host.LastGoodSend is { } sent && scene.Now > sent + scene.Settings.RenewDeadline + Tick)
                yield return (ShellRule.TermTooLong, term.ToString(), $"{term} goes on {(scene.Now - sent).TotalSeconds:0.000} s after its last renewal was sent");
            if (!term.HasEnded && term.BeganAt < term.Host.JumpedAt && scene.Now > term.Host.JumpedAt + Tick)
                yield return (ShellRule.TermTooLong, term.ToString(), $"{term} goes on, though the wall clock jumped past its deadline at {term.Host.JumpedAt.Value.TotalSeconds:0.000} s");
            if (!term.HasEnded && term.Host.StoppingSince is { } stopping && scene.Now > stopping + Tick)
                yield return (ShellRule.StopNotNoticed, term.ToString(), $"{term} goes on, though its host has been stopping since {stopping.TotalSeconds:0.000} s");
            foreach (var found in JudgeOverrun(term, scene))
                yield return found;
            foreach (var found in term.Parts.SelectMany(p => Judge(p, scene.Now)))
                yield return found;
        }
    }

    private static IEnumerable<(ShellRule Rule, string Subject, string Text)> JudgeOverrun(TermRecord term, Scene scene)
    {
        if (term.EndedAt is not { } ended)
            yield break;
        // The time that work has to stop counts on the holder's clock, which a jump of the wall clock moves on.
        if (term.OverrunToldAt < ended + AtLeast && !(term.Host.JumpedAt >= ended))
            yield return (ShellRule.OverrunTooSoon, term.ToString(), $"an overrun of {term} was told {(term.OverrunToldAt.Value - ended).TotalMilliseconds:0} ms after its end");
        var longest = scene.Settings.DrainTimeout > scene.Settings.Allowance ? scene.Settings.DrainTimeout : scene.Settings.Allowance;
        if (term.OverrunToldAt is null && term.IsAtWork && term.Host.LogSpoiltSince is null && !term.Host.WasRobbedSince(term.HeldSince) && scene.Now > ended + longest + Tick + Tick)
            yield return (ShellRule.OverrunNotTold, term.ToString(), $"{term} ended at {ended.TotalSeconds:0.000} s, is at work, and no overrun was told");
    }

    private static IEnumerable<(ShellRule Rule, string Subject, string Text)> Judge(PartRecord part, TimeSpan now)
    {
        var term = part.Term;
        if (part.FailedAt is { } failed)
        {
            // A StartAsync that holds its thread hides its work from all who do not look now and then.
            if (!term.HasEnded && (part.StartEnded || part.IsFunction || now > failed + Tick))
                yield return (ShellRule.SilentLeader, term.ToString(), $"{part} failed at {failed.TotalSeconds:0.000} s, and its term goes on");
            else if (term.HasEnded && term.Host.LogSpoiltSince is null && !IsLogged(term, failed))
                yield return (ShellRule.FailureNotLogged, term.ToString(), $"{part} failed at {failed.TotalSeconds:0.000} s, and no line of the log says so");
        }

        if (part.HasHooks && ((part.StartCalled && !part.StartingHookCalled) || (part.StopCalled && !part.StoppingHookCalled)))
            yield return (ShellRule.HookForgotten, part.ToString(), $"{part}: its {(part.StopCalled ? "StopAsync" : "StartAsync")} was called without the hook before it");
        if (!term.HasEnded)
            yield break;
        if (part.IsFunction && part.IsAtWork && part.IsTold is { } isTold && !isTold())
            yield return (ShellRule.NotTold, part.ToString(), $"{part}: its token is not cancelled, though its term has ended");
        if (!part.IsFunction && part.StartEnded && !part.StartedHookRuns && !part.StoppingHookCalled && !part.StopCalled)
            yield return (ShellRule.NotTold, part.ToString(), $"{part}: its StopAsync was not called, though its term has ended");
    }

    private static bool IsLogged(TermRecord term, TimeSpan failed) =>
        term.Host.LastLogged(WorkFailed) >= failed || (term.EndedAt <= failed && term.Host.LastLogged(FailedWhileStopping) >= failed);
}
