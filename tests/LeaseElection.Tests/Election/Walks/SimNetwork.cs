using LeaseElection.Election;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>What lies between candidates and server: delays, losses, late commits, stalled and expired watches.</summary>
internal sealed class SimNetwork(SimWorld world)
{
    private readonly LeaseServer _server = world.Server;

    public TimeSpan DownUntil { get; set; }

    public TimeSpan RefusingUntil { get; set; }

    public TimeSpan SlowUntil { get; set; }

    /// <summary>Gets when the last of the writes that are under way arrives, however late: calm begins then.</summary>
    public TimeSpan LastArrival { get; private set; }

    private bool Down => world.True < DownUntil;

    public void Write(SimCandidate candidate, Effect effect)
    {
        var timeout = effect.Timeout.TotalSeconds / candidate.Clock.Rate;
        world.After(timeout, () => candidate.Post(new ElectionInput.WriteEnded(effect.Number, WriteResult.Unknown)));
        if (Lost(candidate))
            return;
        var delay = Delay(timeout);
        LastArrival = Max(LastArrival, world.True + TimeSpan.FromSeconds(delay));
        world.After(delay, () =>
        {
            if (Down)
            {
                if (world.Chance(0.5))
                    Reply(candidate, new ElectionInput.WriteEnded(effect.Number, WriteResult.Unknown), timeout);
                return;
            }

            if (world.True < RefusingUntil)
            {
                Reply(candidate, new ElectionInput.WriteEnded(effect.Number, WriteResult.Rejected), timeout);
                return;
            }

            Reply(candidate, Apply(candidate, effect), timeout);
        });
    }

    public void Read(SimCandidate candidate)
    {
        var timeout = candidate.Settings.RequestTimeout.TotalSeconds / candidate.Clock.Rate;
        var answered = false;
        void Answer(ElectionInput answer)
        {
            if (!answered)
                candidate.Post(answer);
            answered = true;
        }

        world.After(timeout, () => Answer(new ElectionInput.ReadEnded(ReadResult.Failed)));
        if (Lost(candidate))
            return;
        world.After(Delay(timeout), () =>
        {
            if (Down || Lost(candidate))
                return;
            ElectionInput answer = world.True < RefusingUntil ? new ElectionInput.ReadEnded(ReadResult.Rejected)
                : _server.Lease is { } lease ? new ElectionInput.ReadEnded(ReadResult.Found, lease)
                : new ElectionInput.ReadEnded(ReadResult.Absent);
            world.After(Delay(timeout), () => Answer(answer));
        });
    }

    public void Watch(SimCandidate candidate, long version)
    {
        var index = _server.History.FindIndex(h => h.Version > version);
        candidate.WatchIndex = index < 0 ? _server.History.Count : index;
        world.After(0.001, () => Deliver(candidate));
    }

    /// <summary>Something changed on the server: every watch will hear of it, some day.</summary>
    public void Changed()
    {
        foreach (var candidate in world.Candidates)
            world.After(Delay(candidate.Settings.LeaseDuration.TotalSeconds / 4), () => Deliver(candidate));
    }

    public void Deliver(SimCandidate candidate)
    {
        if (!candidate.Watching || candidate.Gone || Down || world.True < candidate.CutOffUntil || world.True < candidate.StalledUntil)
            return;
        while (candidate.Watching && !candidate.Gone && candidate.WatchIndex < _server.History.Count)
        {
            Show(candidate, candidate.WatchIndex++);
            if (world.Faulty && world.Chance(0.05))
                Show(candidate, world.Random.Next(candidate.WatchIndex)); // An old event again.
        }
    }

    private void Show(SimCandidate candidate, int index)
    {
        var (version, lease) = _server.History[index];
        candidate.Post(lease is { } seen ? new ElectionInput.LeaseSeen(seen) : new ElectionInput.LeaseDeleted(version));
    }

    private ElectionInput.WriteEnded Apply(SimCandidate candidate, in Effect effect)
    {
        var reply = _server.Apply(effect.Number, effect.Write);
        if (reply.Result != WriteResult.Written)
            return reply;
        candidate.Committed(effect.Number, reply.Lease);
        if (effect.Write.IsCreate)
            world.Oracle.Created(candidate, candidate.SeenWhenSent(effect.Number));
        Changed();
        return reply;
    }

    private void Reply(SimCandidate candidate, ElectionInput.WriteEnded reply, double timeout)
    {
        if (!Lost(candidate))
            world.After(Delay(timeout), () => candidate.Post(reply));
    }

    private bool Lost(SimCandidate candidate) => world.True < candidate.CutOffUntil || (world.Faulty && world.Chance(0.04));

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    // Mostly quick; sometimes just too late; rarely so late that everybody has forgotten the request.
    private double Delay(double timeout)
    {
        var quick = world.Random.NextDouble() * 0.005;
        if (!world.Faulty)
            return quick;
        if (world.True < SlowUntil || world.Chance(0.03))
            return world.Random.NextDouble() * timeout * 1.5;
        return world.Chance(0.02) ? world.Random.NextDouble() * timeout * 12 : quick;
    }
}
