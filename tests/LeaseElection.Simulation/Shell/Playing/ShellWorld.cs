using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Hosts;
using LeaseElection.Simulation.Shell.Oracles;
using LeaseElection.Simulation.Shell.Parts;
using LeaseElection.Simulation.Shell.Plans;
using LeaseElection.Simulation.Shell.Records;
using LeaseElection.Simulation.Shell.Store;

namespace LeaseElection.Simulation.Shell.Playing;

/// <summary>One world: its hosts, its Lease, its clock; one at a time in a process.</summary>
internal sealed class ShellWorld
{
    private const int MostSteps = 20_000;

    private static readonly TimeSpan Unnoticed = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(30);

    private readonly ShellPlan _plan;
    private readonly Dice _dice;
    private readonly Settling _settling;
    private readonly Actor _actor;
    private readonly ShellServer _server;
    private readonly PriorityQueue<Action, (long, int)> _agenda = new();
    private readonly ShellHost?[] _replicas;
    private readonly List<ShellHost> _hosts = [];
    private readonly TimeSpan _began = Environment.CpuUsage.TotalTime; // Not by the clock: other processes may take the processors.
    private TimeSpan _probedAt;
    private TimeSpan _judgedAt;
    private long _judgedDone = -1;
    private int _order;

    public ShellWorld(ShellPlan plan, TimeSpan patience, bool isTraced = false)
    {
        _plan = plan;
        _dice = new Dice(plan.Seed).Fork(99);
        _settling = new(patience);
        _actor = new(Time, _settling, Thread.CurrentThread);
        Chronicle = new(Time, isTraced);
        _server = new(_dice.Fork(1), Time, Chronicle);
        _replicas = new ShellHost?[plan.Hosts.Count];
    }

    public WorldTime Time { get; } = new();

    public Chronicle Chronicle { get; }

    public ShellOracle Oracle { get; } = new();

    public int Steps { get; private set; }

    public int Patiences => _settling.Patiences;

    public IEnumerable<HostRecord> Hosts => _hosts.Select(static h => h.Record);

    public IReadOnlyList<ShellViolation> Play()
    {
        for (var i = 0; i < _plan.Hosts.Count; i++)
        {
            var replica = i;
            At(_plan.Hosts[i].StartsAt, () => Start(replica));
        }

        foreach (var what in _plan.Events)
            At(what.At, () => Happen(what));
        RunTo(_plan.CalmAt);
        new ShellEnding(this, _plan).Play();
        if (_actor.MisusedThread is { } place)
            Oracle.Add(ShellRule.ForeignOnTheClock, Time.Now, $"user code ran on the clock's thread: {place}");
        _actor.End();
        _settling.Wait();
        _settling.End();
        return Oracle.Found;
    }

    public void Calm()
    {
        _agenda.Clear();
        Chronicle.Note($"calm");
        foreach (var host in _hosts)
            host.Link.MendAll();
        _actor.Calm();
        foreach (var host in _hosts.Where(static h => h.Record.Goes))
            host.Election.Resume();
    }

    public IReadOnlyList<ShellHost> All => _hosts;

    public void Start(int replica)
    {
        var plan = _plan.Hosts[replica];
        var name = $"h{replica}-{_hosts.Count}";
        var host = new ShellHost(name, plan, _plan.Settings, _server, _actor, Time, Chronicle, _dice.Fork((ulong)_hosts.Count));
        _replicas[replica] = host;
        _hosts.Add(host);
        host.Start();
    }

    /// <summary>Lets time pass until then, or until something is so.</summary>
    public bool RunTo(TimeSpan end, Func<bool>? until = null)
    {
        while (true)
        {
            _settling.Wait();
            var hasActed = false;
            foreach (var host in _hosts)
                hasActed |= host.Look();
            // A look at the clock may end a term: what follows from that has to have happened before anybody judges.
            hasActed |= Probe();
            if (hasActed)
                _settling.Wait();
            Judge(Time.Now >= end);
            if (until?.Invoke() == true)
                return true;
            if (Time.Now >= end)
                return false;
            if (++Steps > MostSteps || (Steps % 64 == 0 && Environment.CpuUsage.TotalTime - _began > TooLong))
            {
                Oracle.Add(ShellRule.Storm, Time.Now, "no end in sight");
                return false;
            }

            Step(end);
        }
    }

    // Where nothing ran, only time-outs can be news.
    private void Judge(bool always)
    {
        var done = ThreadPool.CompletedWorkItemCount;
        if (!always && done == _judgedDone && Time.Now < _judgedAt + Unnoticed)
            return;
        (_judgedDone, _judgedAt) = (done, Time.Now);
        Oracle.Judge(Scene());
    }

    public Scene Scene() => new(Time.Now, _plan.Settings, [.. Hosts]);

    private void Step(TimeSpan end)
    {
        var next = end;
        if (Time.Next is { } timer && timer < next)
            next = timer;
        if (_agenda.TryPeek(out _, out var when) && TimeSpan.FromTicks(when.Item1) < next)
            next = TimeSpan.FromTicks(when.Item1);
        Time.AdvanceTo(next);
        while (_agenda.TryPeek(out var act, out when) && when.Item1 <= Time.Now.Ticks)
        {
            _agenda.Dequeue();
            act();
        }
    }

    private void At(TimeSpan at, Action act) => _agenda.Enqueue(act, (at.Ticks, _order++));

    private bool Probe()
    {
        if (Time.Now < _probedAt + (_plan.Settings.LeaseDuration / 2))
            return false;
        _probedAt = Time.Now;
        var hasAsked = false;
        foreach (var host in _hosts)
            hasAsked |= host.Probe();
        return hasAsked;
    }

    private void Happen(ShellEvent what)
    {
        Chronicle.Note($"{what}");
        if (_replicas[what.Host] is not { } host)
            return;
        switch (what.Kind)
        {
            case EventKind.DeleteLease:
                _server.Delete();
                break;
            case EventKind.EditHolder:
                _server.Edit("somebody-else");
                break;
            case EventKind.EraseHolder:
                _server.Edit("");
                break;
            case EventKind.WallJump:
                Time.Jump(_plan.Settings.RenewDeadline * 1.5);
                foreach (var each in Hosts)
                    each.JumpedAt = each.LastInjury = Time.Now;
                break;
            case EventKind.Outage:
                foreach (var each in _hosts.ToList())
                    Cut(each, what.Length);
                break;
            case EventKind.CutOff:
                Cut(host, what.Length);
                break;
            case EventKind.StepDown:
                // The leader; the others have nothing to give up.
                foreach (var each in _replicas.OfType<ShellHost>())
                    HostEvents.Happen(each, what);
                break;
            case EventKind.StartAnew:
                if (!host.Record.Goes)
                    Start(what.Host);
                break;
            default:
                HostEvents.Happen(host, what);
                break;
        }
    }

    private void Cut(ShellHost host, TimeSpan length)
    {
        host.Link.Cut();
        At(Time.Now + length, host.Link.Mend);
    }
}
