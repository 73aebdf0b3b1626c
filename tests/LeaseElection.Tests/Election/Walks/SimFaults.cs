using LeaseElection.Election;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>What goes wrong in a world, one thing after the other, and how all of it is put right again.</summary>
internal sealed class SimFaults(SimWorld world)
{
    private const int MostCandidates = 7;

    private double LongestLease => world.Candidates.Max(c => c.Settings.LeaseDuration.TotalSeconds);

    public void Begin() => world.After(world.Random.NextDouble() * LongestLease / 2, () =>
    {
        if (!world.Faulty)
            return;
        Strike();
        Begin();
    });

    /// <summary>The end of all faults but one: a watch may stay silent for ever, and the fallback read must do without it.</summary>
    public void Heal()
    {
        world.Faulty = false;
        world.Network.DownUntil = world.Network.RefusingUntil = world.Network.SlowUntil = world.True;
        foreach (var candidate in world.Candidates)
        {
            candidate.CutOffUntil = world.True;
            candidate.StalledUntil = world.Chance(0.3) ? TimeSpan.MaxValue : world.True;
            candidate.Thaw();
            if (!candidate.TermActive)
                candidate.EndWork(candidate.Term);
            candidate.Post(new ElectionInput.WatchHealth(true));
            candidate.Post(new ElectionInput.ResumeRequested());
            world.Network.Deliver(candidate);
        }
    }

    private void Strike()
    {
        var alive = world.Candidates.Where(c => !c.Gone).ToArray();
        if (alive.Length == 0)
        {
            world.Join();
            return;
        }

        var victim = alive[world.Random.Next(alive.Length)];
        var seconds = world.Random.NextDouble() * LongestLease * (world.Chance(0.5) ? 0.3 : 2);
        var until = world.True + TimeSpan.FromSeconds(seconds);
        var fault = world.Random.Next(21);
        world.Log?.AppendLine(null, $"{world.True.TotalSeconds - 3600:F3} FAULT {fault} {victim.Name} {seconds:F3}");
        switch (fault)
        {
            case 0:
                world.Network.DownUntil = until;
                world.After(seconds, () => alive.ToList().ForEach(world.Network.Deliver));
                break;
            case 1:
                world.Network.RefusingUntil = until;
                break;
            case 2:
                world.Network.SlowUntil = until;
                break;
            case 3 or 4:
                victim.CutOffUntil = until;
                world.After(seconds, () => world.Network.Deliver(victim));
                break;
            case 5:
                victim.StalledUntil = until;
                world.After(seconds, () => world.Network.Deliver(victim));
                break;
            case 6 when victim.Watching:
                victim.Post(new ElectionInput.WatchExpired());
                break;
            case 7:
                victim.Post(new ElectionInput.WatchHealth(world.Chance(0.5)));
                break;
            case 8 or 9 when !victim.Frozen:
                victim.Freeze(suspend: fault == 9);
                world.After(seconds, victim.Thaw);
                break;
            case 10 when !victim.Frozen:
                victim.Clock.WallOffset += TimeSpan.FromSeconds((world.Random.NextDouble() - 0.5) * (world.Chance(0.5) ? 5 : 7200));
                victim.Clock.Tick();
                victim.Post(new ElectionInput.Woken());
                break;
            case 11:
                victim.Post(new ElectionInput.StepDownRequested());
                break;
            case 12 when world.Candidates.Count < MostCandidates:
                victim.Stop();
                world.After(seconds, () => world.Join());
                break;
            case 13 when world.Candidates.Count < MostCandidates:
                victim.Crash();
                world.After(seconds, () => world.Join());
                break;
            case 14:
                victim.FailWork(victim.Term);
                break;
            case 20:
                victim.Post(new ElectionInput.PauseRequested());
                world.After(seconds, () => victim.Post(new ElectionInput.ResumeRequested()));
                break;
            default:
                Edit(fault, victim);
                break;
        }
    }

    // Third parties. None of them forges a release: an edit that takes the holder away leaves the mark.
    private void Edit(int fault, SimCandidate victim)
    {
        var server = world.Server;
        if (server.Lease is null)
            return;
        switch (fault)
        {
            case 15:
                server.EditLabels($"label {world.Random.Next()}");
                break;
            case 16:
                server.Edit(s => s with { HolderIdentity = world.Chance(0.3) ? victim.Name : world.Chance(0.5) ? "" : "thief" });
                break;
            case 17:
                server.Edit(s => world.Chance(0.5) ? default : s with { LeaseDurationSeconds = world.Chance(0.5) ? null : 1 });
                break;
            case 18 when world.Chance(0.5):
                server.Delete();
                break;
            default:
                return;
        }

        world.Network.Changed();
    }
}
