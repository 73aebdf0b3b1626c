using LeaseElection.RealServer.Tests.ServerConformance.Cases;
using LeaseElection.RealServer.Tests.ServerConformance.Comparison;
using LeaseElection.RealServer.Tests.ServerConformance.Playback;

namespace LeaseElection.RealServer.Tests.ServerConformance;

/// <summary>A comparison that cannot fail proves nothing: what it overlooks, and that it overlooks nothing else.</summary>
public sealed class ComparerTests
{
    private const string Uid = "5b31887f-6a25-4f35-b1a0-b501792d3cfa";
    private const string OtherUid = "0b1ea8bd-c21e-4a0f-9bc7-39821916c166";


    [Fact]
    public void Differences_OfTheSame_AreNone() => Assert.Empty(Compare([Found(Lease())], [Found(Lease())]));

    [Theory]
    [InlineData(Uid, OtherUid)]
    [InlineData("\"199\"", "\"7\"")]
    [InlineData("2026-11-23T00:21:05Z", "2027-01-01T10:00:00Z")]
    [InlineData("\"managedFields\":[{}],", "")]
    public void Differences_OfAListedField_AreNone(string there, string here) =>
        Assert.Empty(Compare([Found(Lease())], [Found(Changed(Lease(), there, here))]));

    [Theory]
    [InlineData("\"holderIdentity\":\"x\"", "\"holderIdentity\":\"y\"")]
    [InlineData("\"holderIdentity\":\"x\"", "\"holderIdentity\":\"x\",\"more\":null")]
    [InlineData("\"leaseDurationSeconds\":15", "\"leaseDurationSeconds\":\"15\"")]
    [InlineData("\"name\":\"a\"", "\"name\":\"b\"")]
    [InlineData("\"labels\":{}", "\"labels\":null")]
    [InlineData("\"labels\":{},", "")]
    [InlineData("\"creationTimestamp\":\"2026-11-23T00:21:05Z\",", "\"creationTimestamp\":null,")]
    [InlineData("\"creationTimestamp\":\"2026-11-23T00:21:05Z\",", "")]
    [InlineData(Uid, "no-uuid")]
    [InlineData("\"199\"", "199")]
    [InlineData("\"199\"", "\"\"")]
    [InlineData("\"resourceVersion\":\"199\",", "")]
    [InlineData("2026-11-23T00:21:05Z", "2026-11-23T00:21:05.123Z")]
    [InlineData("{\"kind\"", "?{\"kind\"")]
    public void Differences_OfAnythingElseInTheBody_AreTold(string there, string here) =>
        Assert.NotEmpty(Compare([Found(Lease())], [Found(Changed(Lease(), there, here))]));

    [Theory]
    [InlineData("creationTimestamp")]
    [InlineData("other")]
    public void Differences_OfNullAndNothing_AreTold(string field) =>
        Assert.NotEmpty(Compare([Found($$$"""{"metadata":{"name":"a","{{{field}}}":null}}""")], [Found("""{"metadata":{"name":"a"}}""")]));

    [Fact]
    public void Differences_OfTheStatus_AreTold() => Assert.NotEmpty(Compare([Found(Lease())], [Found(Lease()) with { Status = 201 }]));

    [Fact]
    public void Differences_OfAHeader_AreTold()
    {
        Assert.NotEmpty(Compare([Found(Lease())], [Found(Lease()) with { Headers = [] }]));
        Assert.NotEmpty(Compare([Found(Lease())], [Found(Lease()) with { Headers = [("Content-Type", "text/plain")] }]));
        Assert.Empty(Compare([Found(Lease())], [Found(Lease()) with { Headers = [.. Found("").Headers, ("Date", "today")] }]));
    }

    [Fact]
    public void Differences_OfTheVersionsOrder_AreTold() =>
        Assert.NotEmpty(Compare([Found(Lease(5)), Found(Lease(6))], [Found(Lease(6)), Found(Lease(5))]));

    [Fact]
    public void Differences_OfAVersionThatDidNotRise_AreTold() =>
        Assert.NotEmpty(Compare([Found(Lease(5)), Found(Lease(6))], [Found(Lease(5)), Found(Lease(5))]));

    [Fact]
    public void Differences_OfAUidThatChanged_AreTold() =>
        Assert.NotEmpty(Compare([Found(Lease()), Found(Lease())], [Found(Lease()), Found(Changed(Lease(), Uid, OtherUid))]));

    [Fact]
    public void Differences_OfAListOlderThanItsItems_AreTold()
    {
        var list = $$"""{"kind":"LeaseList","metadata":{"resourceVersion":"300"},"items":[{{Lease()}}]}""";

        Assert.Empty(Compare([Found(list)], [Found(Changed(list, "\"300\"", "\"301\""))]));
        Assert.NotEmpty(Compare([Found(list)], [Found(Changed(list, "\"300\"", "\"198\""))]));
    }

    [Fact]
    public void Differences_OfAWatchsEvents_AreTold()
    {
        var watch = $$"""
            {"type":"ADDED","object":{{Lease()}}}
            {"type":"DELETED","object":{{Lease(200)}}}

            """;

        Assert.Empty(Compare([Found(watch)], [Found(watch)]));
        Assert.NotEmpty(Compare([Found(watch)], [Found(watch.Split('\n')[0])]));
        Assert.NotEmpty(Compare([Found(watch)], [Found(Changed(watch, "DELETED", "MODIFIED"))]));
        Assert.NotEmpty(Compare([Found(watch)], [Found(string.Join('\n', watch.Split('\n').Reverse()))]));
    }

    [Fact]
    public void Differences_OfAMessage_AreTold()
    {
        const string Message = """{"message":"unrecognized (must be of type Lease): json parse error: invalid character 'o' (6e)"}""";

        Assert.NotEmpty(Compare([Found(Message)], [Found(Changed(Message, "'o' (6e)", "'x' (78)"))]));
    }

    [Fact]
    public void Differences_OfAPatchedObject_AreNone_ButOfWhatIsWrongWithIt()
    {
        const string Message = """{"message":" \"\" is invalid: patch: Invalid value: \"{\\\"a\\\":1}\": no kind"}""";

        Assert.Empty(Compare([Found(Message)], [Found(Changed(Message, ":1}", ":2}"))]));
        Assert.NotEmpty(Compare([Found(Message)], [Found(Changed(Message, "no kind", "another kind"))]));
    }

    [Fact]
    public void Differences_OfARacesWinners_AreNone_ButOfTheirNumber()
    {
        Answer won = Found(Lease()), lost = Found("{\"code\":409}") with { Status = 409 };

        Assert.Empty(Race([won, lost, lost], [lost, Found(Changed(Lease(), "\"x\"", "\"y\"")), lost]));
        Assert.NotEmpty(Race([won, lost, lost], [won, won, lost]));
    }

    [Fact]
    public void Differences_OfAListedAnswer_AreNone_AndAgreementIsTold()
    {
        var step = new Exchange(2, "GET /", Found(Lease()));
        var other = new Exchange(2, "GET /", Found("{}"));

        Assert.Empty(Comparer.Differences([step], [other], listed: [2]));
        Assert.NotEmpty(Comparer.Differences([step], [other], listed: [1]));
        Assert.NotEmpty(Comparer.Differences([step], [step], listed: [2]));
    }

    [Fact]
    public void Differences_OfAnAnswerThatIsNotCompared_AreNone_AndNoAgreementIsTold()
    {
        var step = new Exchange(2, "GET /", Found(Lease()));

        Assert.Empty(Comparer.Differences([step], [new Exchange(2, "GET /", Found("{}"))], [], open: [2]));
        Assert.Empty(Comparer.Differences([step], [step], listed: [2], open: [2]));
    }

    [Fact]
    public void ListedDifferences_HaveReasons_AndNameStepsThatAre()
    {
        Assert.All(ListedDifferences.Headers, h => Assert.NotEmpty(h.Reason));
        Assert.All(ListedDifferences.Fields, f => Assert.NotEmpty(f.Reason));
        Assert.All(ListedDifferences.Texts, t => Assert.NotEmpty(t.Reason));
        Assert.All(ListedDifferences.Answers, a =>
        {
            Assert.NotEmpty(a.Reason);
            Assert.InRange(a.Step, 1, AllCases.Named(a.Case).Steps.Count);
        });
        Assert.All(VersionDifferences.ByCase, a =>
        {
            Assert.Equal(a.Value.Distinct(), a.Value);
            Assert.All(a.Value, step => Assert.InRange(step, 1, AllCases.Named(a.Key).Steps.Count));
        });
    }

    private static string Lease(int version = 199) =>
        $$"""
        {"kind":"Lease","metadata":{"name":"a","uid":"{{Uid}}","resourceVersion":"{{version}}","creationTimestamp":"2026-11-23T00:21:05Z",
        """ + """
        "labels":{},"managedFields":[{}],"generation":1},"spec":{"holderIdentity":"x","leaseDurationSeconds":15}}
        """;

    private static Answer Found(string body) => new(200, [("Content-Type", "application/json")], body);

    // A replacement that replaces nothing would prove nothing.
    private static string Changed(string text, string from, string to)
    {
        Assert.Contains(from, text, StringComparison.Ordinal);
        return text.Replace(from, to, StringComparison.Ordinal);
    }

    private static string Compare(IEnumerable<Answer> real, IEnumerable<Answer> embedded) =>
        Comparer.Differences(Exchanges(real), Exchanges(embedded), []);

    private static IReadOnlyList<Exchange> Exchanges(IEnumerable<Answer> answers) =>
        [.. answers.Select((a, i) => new Exchange(i + 1, "GET /", a))];

    private static string Race(IReadOnlyList<Answer> real, IReadOnlyList<Answer> embedded) =>
        Comparer.Differences([new(1, "PUT /", real)], [new(1, "PUT /", embedded)], []);
}
