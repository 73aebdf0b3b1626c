using LeaseElection.Leases;
using LeaseElection.Simulation.Servers;
using LeaseElection.Simulation.Time;

namespace LeaseElection.Simulation.Tests.Servers;

/// <summary>A watch that says what is not so, and one of a store that is no more.</summary>
public sealed class SimulatedWatchTests
{
    private readonly Agenda _agenda = new();
    private readonly LeaseServer _server = new(new(1));
    private readonly List<WatchSignal> _told = [];
    private readonly SimulatedWatch _watch;

    public SimulatedWatchTests()
    {
        var hop = TimeSpan.FromMilliseconds(1);
        _watch = new(_agenda, new(2), _server, new(_agenda, new(3), hop, hop, new()), TimeSpan.FromSeconds(1), _told.Add);
        _server.Changed = _watch.Flush;
        Write();
        Write();
        _watch.Start(_server.Version);
        Run();
        _told.Clear();
    }

    [Fact]
    public void Complain_SaysThatItFails_AndRecoversAtTheEnd()
    {
        _watch.Complain();
        _watch.Complain();
        _watch.EndComplaint();
        _watch.EndComplaint();

        Assert.Collection(_told, s => Assert.IsType<WatchSignal.Failing>(s), s => Assert.IsType<WatchSignal.Recovered>(s));
    }

    [Fact]
    public void Expire_EndsTheWatch_UntilItIsBegunAgain()
    {
        _watch.Expire();
        Write();
        Run();
        Assert.IsType<WatchSignal.Expired>(Assert.Single(_told));

        _watch.Start(_server.Version - 3);
        Run();
        Assert.IsType<WatchSignal.Seen>(_told[^1]);
    }

    [Fact]
    public void Start_FromAVersionThatARestoredServerHasNot_Fails()
    {
        var version = _server.Version;
        _server.TryRestore(0);
        _watch.Start(version);
        Run(seconds: 30);
        Assert.IsType<WatchSignal.Failing>(_told[^1]);

        while (_server.Version < version)
            Write();
        Run(seconds: 30);
        Assert.Contains(_told, s => s is WatchSignal.Recovered);
    }

    private void Run(double seconds = 0.1) => _agenda.RunUntil(_agenda.Now + TimeSpan.FromSeconds(seconds));

    private void Write()
    {
        if (_server.Lease is null)
            _server.Create("a", new() { HolderIdentity = "a" });
        else
            _server.Edit("a", l => l with { Rest = new object() });
    }
}
