using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Measuring.Candidates;
using LeaseElection.Benchmarks.Measuring.Servers;
using LeaseElection.Benchmarks.Measuring.Statistics;

namespace LeaseElection.Benchmarks.Load;

/// <summary>Reads the server's counters before and after a window, with electors at rest beside it.</summary>
internal sealed class LoadMeter(Session session) : IDisposable
{
    private const string Lease = "load";

    private readonly RawConnection _administrator = new(session.Plane.Administrator, "default");

    public TimeSpan Length { get; } = session.Request.Smallest ? TimeSpan.FromSeconds(4) : session.Request.Window ?? TimeSpan
        .FromMinutes(1);

    // What a start costs the server is over by then.
    private TimeSpan Settling => TimeSpan.FromSeconds(session.Request.Smallest ? 0.5 : 10);

    public async Task<Window> IdleAsync(CancellationToken cancellationToken)
    {
        // Set as for the others: what that costs the server afterwards is in all.
        await using var stage = await Stage.SetAsync(session.Plane, cancellationToken);
        session.Say("the server alone");
        await Clock.PassAsync(Settling, cancellationToken);
        return await WatchAsync(
            Contestants.Idle, standbys: 0, session.Request.Smallest ? TimeSpan.FromSeconds(1) : Length, proxy: null, cancellationToken);
    }

    public async Task<Window> MeasureAsync(string who, int standbys, CancellationToken cancellationToken)
    {
        await using var stage = await Stage.SetAsync(session.Plane, cancellationToken);
        var (access, proxy) = await stage.ThroughProxyAsync(cancellationToken);
        Entrants entrants = new(access, stage.Namespace, Lease);
        Func<Task<ICandidate>> join = who switch
        {
            Contestants.ClientGo => () => entrants.ClientGoAsync(CandidateTimings.Defaults),
            Contestants.KubernetesClient => () => entrants.KubernetesClientAsync(CandidateTimings.Defaults),
            _ => entrants.OursAsync,
        };
        await using var election = await RunningElection.StartAsync(join, standbys, cancellationToken);
        session.Say(FormattableString.Invariant($"{who}: a leader and {standbys} beside it"));
        await Clock.PassAsync(Settling, cancellationToken);
        return await WatchAsync(who, standbys, Length, proxy, cancellationToken);
    }

    public void Dispose() => _administrator.Dispose();

    private async Task<Window> WatchAsync(
        string who, int standbys, TimeSpan length, SilenceableProxy? proxy, CancellationToken cancellationToken)
    {
        var (toServer, toClients) = Bytes(proxy);
        var before = await ServerCounters.BeforeAsync(session.Plane, _administrator, cancellationToken);
        var from = Clock.NowNs;
        await Clock.PassAsync(length, cancellationToken);
        var to = Clock.NowNs;
        var after = await ServerCounters.AfterAsync(session.Plane, _administrator, cancellationToken);
        var (nowToServer, nowToClients) = Bytes(proxy);
        return new(
            who,
            standbys,
            TimeSpan.FromMilliseconds(Clock.Milliseconds(from, to)),
            after.Since(before),
            nowToServer - toServer,
            nowToClients - toClients,
            proxy?.Accepted ?? 0);
    }

    private static (long ToServer, long ToClients) Bytes(SilenceableProxy? proxy) =>
        (proxy?.Bytes(ProxyDirection.ToServer) ?? 0, proxy?.Bytes(ProxyDirection.ToClient) ?? 0);
}
