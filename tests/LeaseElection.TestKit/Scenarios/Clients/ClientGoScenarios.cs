using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Clients;

[Scenario(60)]
public abstract class ClientGoScenarios(ElectionServer server, bool json = false) : HandOverScenarios(server)
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-");

    [Fact]
    public async Task Release_BackAndForth_EachLeadsAtOnceAndTransitionsGrowByOne()
    {
        var theirs = await StartAsync(Long);
        await theirs.UntilLeadingAsync(Cancel);
        var ours = AddLike(Long).Start();
        await ours.UntilSeesAsync(theirs.Identity);

        await theirs.StopAsync(Cancel);
        var term = await ours.UntilLeadingAsync();
        await AssertHeldAsync(ours.Identity, transitions: 1);

        await using var next = await StartAsync(Long);
        await next.UntilSeesAsync(ours.Identity, Cancel);
        await ours.StopAsync();
        await next.UntilLeadingAsync(Cancel);
        await AssertHeldAsync(next.Identity, transitions: 2);

        // The mark of our first term is still there, and must not count.
        ours.Start();
        await ours.UntilSeesAsync(next.Identity);
        await next.StopAsync(Cancel);
        var last = await ours.UntilNextTermAsync(term);
        await AssertHeldAsync(ours.Identity, transitions: 3);
        Assert.True(last.FencingToken > term.FencingToken);
    }

    [Fact]
    public async Task Freeze_ClientGoLeads_WeTakeOverAndItFindsThatOutOnceThawed()
    {
        await using var theirs = await StartAsync(Shortest);
        await theirs.UntilLeadingAsync(Cancel);
        var ours = AddLike(Long).Start();
        await ours.UntilSeesAsync(theirs.Identity);
        theirs.Freeze();
        var term = await ours.UntilLeadingAsync();
        theirs.Thaw();
        await theirs.UntilStoppedAsync(Cancel);

        Assert.True(term.IsActive);
        await AssertHeldAsync(ours.Identity, transitions: 1);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected override async Task<IForeignCandidate> StartForeignAsync(CandidateTimings timings) => await StartAsync(timings);

    private async Task<ClientGoCandidate> StartAsync(CandidateTimings timings)
    {
        var kubeconfig = Path.Combine(_folder.FullName, "kubeconfig");
        await Kubeconfig.WriteAsync(kubeconfig, User.Configuration(), Namespace, Cancel);
        return await ClientGoCandidate.StartAsync(kubeconfig, Namespace, Lease, timings, json: json);
    }
}
