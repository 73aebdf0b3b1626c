using LeaseElection.Announcing;
using LeaseElection.Runtime.Terms;
using LeaseElection.Tests.Store;

namespace LeaseElection.Tests.Announcing;

public sealed class PodLabellerTests : IAsyncDisposable
{
    private static readonly (string, string)[] LeaderOfOurs = [("leaseelection/role", "leader"), ("leaseelection/lease", "reports")];

    private readonly AnnouncingFixture _fixture = new();
    private readonly PodServer _pods = new();
    private readonly PodLabeller _labeller;

    public PodLabellerTests()
    {
        _fixture.Server.Answer((request, _) => _pods.AnswerAsync(request));
        _labeller = new(_fixture.Parts, new("team-a", "pod-1"));
    }

    private IEnumerable<string> Sent => _fixture.Server.Requests.Select(r => $"{r.Method} {r.Uri.Segments[^1]}");

    [Fact]
    public async Task Term_BeginsAndEnds_OurPodAloneIsLabelledMeanwhile()
    {
        _pods.Add("pod-1", ("app", "reports")).Add("crashed", LeaderOfOurs)
            .Add("of-another-lease", ("leaseelection/role", "leader"), ("leaseelection/lease", "mails"));
        var term = Begin();
        await UntilLeadersAsync("of-another-lease", "pod-1");
        Assert.Equal(["GET pods", "PATCH crashed", "GET pod-1", "PATCH pod-1"], Sent);
        Assert.Contains(
            "labelSelector=leaseelection%2Frole%3Dleader%2Cleaseelection%2Flease%3Dreports", _fixture.Server.Requests[0].Uri.Query,
            StringComparison.Ordinal);
        Assert.EndsWith("/api/v1/namespaces/team-a/pods/pod-1", _fixture.Server.Requests[^1].Uri.AbsolutePath, StringComparison.Ordinal);

        End(term);
        await _labeller.EndRunAsync();
        Assert.Equal(["of-another-lease"], _pods.Leaders());
        Assert.Empty(_fixture.Lines);
    }

    [Fact]
    public async Task Label_IsThereAlready_NothingIsWritten()
    {
        _pods.Add("pod-1", LeaderOfOurs);
        Begin();
        await _labeller.EndRunAsync();

        Assert.Equal(["GET pods", "GET pod-1"], Sent);
    }

    [Fact]
    public async Task Pod_ChangesMeanwhile_IsLookedAtAgain()
    {
        _pods.Add("pod-1");
        var touched = 0;
        _pods.Before = request =>
        {
            if (request.Method == "PATCH" && touched++ < 2)
                _pods.Touch("pod-1"); // The kubelet was faster.
            return null;
        };
        Begin();
        await UntilLeadersAsync("pod-1");

        Assert.Equal(3, Sent.Count(s => s == "PATCH pod-1"));
        Assert.Empty(_fixture.Lines);
    }

    [Fact]
    public async Task PutOn_ThatWasGivenUp_LandsTooLate()
    {
        _pods.Add("pod-1");
        SentRequest? late = null;
        _pods.Before = request =>
        {
            if (request.Method != "PATCH" || late is not null)
                return null;
            late = request;
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        };
        var term = Begin();
        await AnnouncingFixture.UntilAtOnceAsync(() => late is not null);
        End(term);
        await _fixture.UntilAsync(() => Sent.Count(s => s == "PATCH pod-1") == 2);
        await _labeller.EndRunAsync();
        Assert.Empty(_pods.Leaders());

        Assert.Equal(409, (int)_pods.Evaluate(late!).StatusCode);
        Assert.Empty(_pods.Leaders());
    }

    [Fact]
    public async Task TakeOff_ThatWasGivenUp_DoesNotReachTheNextTerm()
    {
        _pods.Add("pod-1");
        var first = Begin();
        await UntilLeadersAsync("pod-1");
        SentRequest? late = null;
        _pods.Before = request =>
        {
            if (request.Method != "PATCH" || late is not null)
                return null;
            late = request;
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        };
        End(first);
        await AnnouncingFixture.UntilAtOnceAsync(() => late is not null);
        await _fixture.UntilAsync(() => _pods.Leaders().Length == 0); // Tried again, once the first was given up.
        Begin();
        await UntilLeadersAsync("pod-1");

        Assert.Equal(409, (int)_pods.Evaluate(late!).StatusCode);
        Assert.Equal(["pod-1"], _pods.Leaders());
    }

    [Fact]
    public async Task Server_Refuses_IsToldOnceWithWhatToAllowAndTriedAgain()
    {
        _pods.Add("pod-1");
        var refusing = true;
        _pods.Before = _ =>
            refusing ? Task.FromResult(FakeServer.Reply(403, FakeServer.Status(403, "Forbidden", "pods is forbidden"))) : null;
        Begin();
        await _fixture.UntilAsync(() => _fixture.Server.Requests.Count == 3);
        var (id, text) = Assert.Single(_fixture.Lines);
        Assert.Equal(32, id);
        Assert.Contains(
            "refuses 'list' of pods (HTTP 403: pods is forbidden): allow get, list and patch of pods", text, StringComparison.Ordinal);

        refusing = false;
        await UntilLeadersAsync("pod-1");
    }

    [Fact]
    public async Task Server_Hangs_NobodyWaitsForLong()
    {
        _pods.Before = static _ => new TaskCompletionSource<HttpResponseMessage>().Task;
        End(Begin());
        var ending = _labeller.EndRunAsync();
        await _fixture.UntilAsync(() => ending.IsCompleted);
        await ending;
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private HeldTerm Begin()
    {
        var term = _fixture.NewTerm();
        _labeller.TermBegan(term, "uid-1");
        return term;
    }

    private void End(HeldTerm term)
    {
        term.End(TermEndReason.Stopped);
        _labeller.TermEnded(term, TermEndReason.Stopped);
    }

    private Task UntilLeadersAsync(params string[] pods) => _fixture.UntilAsync(() => _pods.Leaders().SequenceEqual(pods));
}
