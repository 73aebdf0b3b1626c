using System.Text.Json.Nodes;
using LeaseElection.Announcing;
using LeaseElection.Tests.Store;

namespace LeaseElection.Tests.Announcing;

public sealed class EventRecorderTests : IAsyncDisposable
{
    private readonly AnnouncingFixture _fixture = new();
    private readonly EventRecorder _recorder;

    public EventRecorderTests() => _recorder = new(_fixture.Parts);

    private FakeServer Server => _fixture.Server;

    [Fact]
    public async Task Term_BeginsAndEnds_IsWrittenOnTheLeaseInClientGosWords()
    {
        Server.Answer(201, "{}");
        var term = _fixture.NewTerm();
        _recorder.TermBegan(term, "uid-1");
        _recorder.TermEnded(term, TermEndReason.DeadlinePassed);
        await _fixture.UntilAsync(() => Server.Requests.Count == 2);

        Assert.All(Server.Requests, r => Assert.Equal(("POST", "/prefix/api/v1/namespaces/jobs/events"), (r.Method, r.Uri.AbsolutePath)));
        var (began, ended) = (JsonNode.Parse(Server.Requests[0].Body!)!, JsonNode.Parse(Server.Requests[1].Body!)!);
        Assert.Equal(("pod-1_a became leader, fencing token 101", "Normal"), ((string?)began["message"], (string?)began["type"]));
        Assert.Equal(("pod-1_a stopped leading: DeadlinePassed", "Warning"), ((string?)ended["message"], (string?)ended["type"]));
        Assert.Equal(("Lease", "reports", "jobs", "uid-1"), Object(began));
        Assert.Equal(Object(began), Object(ended));
    }

    [Theory]
    [InlineData(TermEndReason.Stopped, "Normal")]
    [InlineData(TermEndReason.Paused, "Normal")]
    [InlineData(TermEndReason.WorkFailed, "Warning")]
    [InlineData(TermEndReason.Superseded, "Warning")]
    public async Task Term_Ends_IsAWarningWhereItWasNotOurWill(TermEndReason reason, string type)
    {
        Server.Answer(201, "{}");
        _recorder.TermEnded(_fixture.NewTerm(), reason);
        await _fixture.UntilAsync(() => Server.Requests.Count == 1);

        Assert.Equal(type, (string?)JsonNode.Parse(Server.Requests[0].Body!)!["type"]);
    }

    [Fact]
    public async Task HandOver_HasTheServerToItself_UnlessTheRunEnds()
    {
        Server.Answer(201, "{}");
        _recorder.TermBegan(_fixture.NewTerm(), "uid-1");
        await AnnouncingFixture.UntilAtOnceAsync(() => _fixture.Time.UntilNextTimer is not null);
        Assert.Empty(Server.Requests);

        await _recorder.EndRunAsync();
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Server_RefusesOne_NoneIsSentAgainAndThatIsToldOnce(int status)
    {
        Server.Answer(status, FakeServer.Status(status, "Why", "events is forbidden"));
        for (var i = 0; i < 3; i++)
        {
            _recorder.TermBegan(_fixture.NewTerm(), "uid-1");
            await _recorder.EndRunAsync();
        }

        Assert.Single(Server.Requests);
        var (id, text) = Assert.Single(_fixture.Lines);
        Assert.Equal(31, id);
        Assert.Contains("events is forbidden", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_FailsForAWhile_TheNextIsSent()
    {
        Server.Answer(500, "").Answer(201, "{}");
        _recorder.TermBegan(_fixture.NewTerm(), "uid-1");
        await _recorder.EndRunAsync();
        _recorder.TermBegan(_fixture.NewTerm(), "uid-1");
        await _recorder.EndRunAsync();

        Assert.Equal(2, Server.Requests.Count);
        Assert.Empty(_fixture.Lines);
    }

    [Fact]
    public async Task Server_Hangs_NobodyWaitsForLongAndTheNewestAreKept()
    {
        Server.Hang();
        for (var i = 0; i < 100; i++)
            _recorder.TermBegan(_fixture.NewTerm(), "uid-1"); // Returns at once.
        var ending = _recorder.EndRunAsync();
        await _fixture.UntilAsync(() => ending.IsCompleted);
        await ending;

        await _fixture.UntilAsync(
            () => Server.Requests.Count is >= 20 && Server.Requests[^1].Body!.Contains("token 200", StringComparison.Ordinal));
        Assert.InRange(Server.Requests.Count, 20, 21); // One may have been under way already when the others came.
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private static (string?, string?, string?, string?) Object(JsonNode said)
    {
        var about = said["involvedObject"]!;
        return ((string?)about["kind"], (string?)about["name"], (string?)about["namespace"], (string?)about["uid"]);
    }
}
