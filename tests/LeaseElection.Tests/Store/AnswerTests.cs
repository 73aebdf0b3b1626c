using System.Text;
using System.Text.Json;
using LeaseElection.Connection.Http;
using LeaseElection.Leases;
using LeaseElection.Store.Http;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Store;

/// <summary>What is not the API server's answer is no answer. Bodies as kube-apiserver 1.36 and others send them.</summary>
public sealed class AnswerTests
{
    private const string NamespaceMissing = """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"namespaces \"jobs\" not found","reason":"NotFound","details":{"name":"jobs","kind":"namespaces"},"code":404}""";
    private const string NotServed = """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the server could not find the requested resource","reason":"NotFound","details":{},"code":404}""";
    private const string Html = "<html>\n<head><title>Not here</title></head>\n</html>";

    [Fact]
    [Scenario(7)]
    public void Get_StatusAboutThisLease_IsAbsent() => Assert.IsType<ReadOutcome.Absent>(Get(404, FakeServer.NotFound));

    [Theory]
    [Scenario(40)]
    [InlineData(404, "text/plain", "default backend - 404", "HTTP 404 text/plain from something that is not the API server: 'default backend - 404'")]
    [InlineData(404, "text/html", Html, "HTTP 404 text/html from something that is not the API server: '<html> <head><title>Not here</title></head> </html>'")]
    [InlineData(404, null, "", "HTTP 404 from something that is not the API server, without a body")]
    [InlineData(404, "application/json", """{"message":"no Route matched with those values"}""", "HTTP 404 application/json from something that is not the API server: 'no Route matched with those values'")]
    [InlineData(404, "application/json", """{"kind":"Lease"}""", "HTTP 404 application/json from something that is not the API server: '{\"kind\":\"Lease\"}'")]
    [InlineData(302, "text/html", "", "HTTP 302 from something that is not the API server, without a body")]
    [InlineData(403, "text/html", Html, "HTTP 403 text/html from something that is not the API server: '<html> <head><title>Not here</title></head> </html>'")]
    [InlineData(400, "text/plain", "Client sent an HTTP request to an HTTPS server.", "HTTP 400 text/plain from something that is not the API server: 'Client sent an HTTP request to an HTTPS server.'")]
    [InlineData(410, "text/plain", "gone", "HTTP 410 text/plain from something that is not the API server: 'gone'")]
    [InlineData(413, "text/html", Html, "HTTP 413 text/html from something that is not the API server: '<html> <head><title>Not here</title></head> </html>'")]
    [InlineData(503, "text/html", "no healthy upstream", "HTTP 503 text/html: 'no healthy upstream'")]
    [InlineData(503, "application/json", """{"kind":"Status","message":"apiserver is shutting down","code":503}""", "HTTP 503: apiserver is shutting down")]
    public void Answer_OfSomethingInBetween_IsTrouble(int status, string? type, string body, string why)
    {
        Assert.Equal(why, Assert.IsType<ReadOutcome.Failed>(Get(status, body, type)).Why);
        Assert.Equal(why, Assert.IsType<WriteOutcome.Unknown>(Update(status, body, type)).Why);
        Assert.Equal(why, Assert.IsType<WriteOutcome.Unknown>(Create(status, body, type)).Why);
    }

    [Fact]
    [Scenario(40)]
    public void Conflict_OfSomethingInBetween_IsUnknown() =>
        Assert.Contains("is not the API server", Assert.IsType<WriteOutcome.Unknown>(Update(409, Html, "text/html")).Why, StringComparison.Ordinal);

    [Fact]
    [Scenario(40)]
    public void NotFound_CutOff_IsTrouble()
    {
        var cut = new ApiAnswer.Replied(404, default, "reset", null);

        Assert.Equal("HTTP 404, and its body is not all there: reset", Assert.IsType<ReadOutcome.Failed>(ReadAnswers.Read(cut, SampleLeases.Name)).Why);
        Assert.IsType<WriteOutcome.Unknown>(WriteAnswers.Read(cut, isCreate: false, default, SampleLeases.Name));
    }

    [Fact]
    [Scenario(40)]
    public void NotFound_OfAnotherLease_IsNoAbsence() => Assert.Equal(
        RejectionKind.Other, Assert.IsType<ReadOutcome.Rejected>(ReadAnswers.Read(Replied(404, FakeServer.NotFound), "another")).Why.Kind);

    [Fact]
    [Scenario(39)]
    public void NamespaceMissing_IsMissingForAnUpdateAndToldForACreate()
    {
        Assert.IsType<WriteOutcome.Missing>(Update(404, NamespaceMissing));
        Assert.IsType<WriteOutcome.Missing>(Update(404, FakeServer.NotFound));
        Assert.Equal(
            new Rejection(RejectionKind.NamespaceMissing, "create", 404, "namespaces \"jobs\" not found"),
            Assert.IsType<WriteOutcome.Rejected>(Create(404, NamespaceMissing)).Why);
    }

    [Theory]
    [Scenario(39)]
    [InlineData("application/json", NotServed)]
    [InlineData("text/plain", "404 page not found\n")]
    public void NoSuchGroup_IsToldAndNoAbsence(string type, string body)
    {
        Assert.Equal(RejectionKind.NotServed, Assert.IsType<ReadOutcome.Rejected>(Get(404, body, type)).Why.Kind);
        Assert.Equal(RejectionKind.NotServed, Assert.IsType<WriteOutcome.Rejected>(Update(404, body, type)).Why.Kind);
        Assert.Equal(RejectionKind.NotServed, Assert.IsType<WriteOutcome.Rejected>(Create(404, body, type)).Why.Kind);
    }

    [Theory]
    [Scenario(39)]
    [InlineData("Forbidden", 403, "leases.coordination.k8s.io is forbidden: User \"system:serviceaccount:jobs:w\" cannot create resource \"leases\" in API group \"coordination.k8s.io\" in the namespace \"jobs\"")]
    [InlineData("Forbidden", 403, "leases.coordination.k8s.io \"a\" is forbidden: ")]
    [InlineData("NamespaceTerminating", 403, "leases.coordination.k8s.io \"a\" is forbidden: unable to create new content in namespace jobs because it is being terminated", ""","causes":[{"reason":"NamespaceTerminating","message":"namespace jobs is being terminated","field":"metadata.namespace"}]""")]
    [InlineData("QuotaExceeded", 403, "leases.coordination.k8s.io \"a\" is forbidden: exceeded quota: few, requested: count/leases.coordination.k8s.io=1, used: count/leases.coordination.k8s.io=3, limited: count/leases.coordination.k8s.io=3")]
    [InlineData("Denied", 403, "admission webhook \"leases.example.com\" denied the request: not here")]
    [InlineData("Denied", 400, "admission webhook \"leases.example.com\" denied the request without explanation")]
    [InlineData("Denied", 409, "admission webhook \"leases.example.com\" denied the request: conflict")]
    [InlineData("Denied", 404, "admission webhook \"leases.example.com\" denied the request: no such thing")]
    [InlineData("Denied", 422, "leases.coordination.k8s.io \"a\" is forbidden: ValidatingAdmissionPolicy 'no-leases' with binding 'b' denied request: failed expression: false")]
    [InlineData("Denied", 403, "leases.coordination.k8s.io \"a\" is forbidden: not yet ready to handle request")]
    [InlineData("MayNotImpersonate", 403, "users \"jane\" is forbidden: User \"joe\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope")]
    [InlineData("TooLarge", 422, "Lease.coordination.k8s.io \"a\" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes")]
    [InlineData("TooLarge", 413, "Request entity too large: limit is 3145728")]
    [InlineData("Invalid", 422, "Lease.coordination.k8s.io \"a\" is invalid: spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0")]
    public void Refusal_IsToldForWhatItIs(string kind, int status, string message, string causes = "")
    {
        var body = $$$"""{"kind":"Status","message":"{{{JsonEncodedText.Encode(message)}}}","reason":"Any","details":{"name":"a","group":"coordination.k8s.io","kind":"leases"{{{causes}}}},"code":{{{status}}}}""";

        var why = Assert.IsType<WriteOutcome.Rejected>(Create(status, body)).Why;
        Assert.Equal((Enum.Parse<RejectionKind>(kind), message), (why.Kind, why.Message));
        var update = Assert.IsType<WriteOutcome.Rejected>(Update(status, body)).Why;
        Assert.Equal(why with { Verb = "update" }, update);
    }

    [Fact]
    [Scenario(39)]
    public void Unauthorized_InPlainText_IsStillARefusedCredential()
    {
        var why = Assert.IsType<ReadOutcome.Rejected>(Get(401, "Unauthorized\n", "text/plain")).Why;

        Assert.Equal(RejectionKind.Unauthorized, why.Kind);
        Assert.Equal("HTTP 401 text/plain from something that is not the API server: 'Unauthorized'", why.Message);
    }

    [Theory]
    [Scenario(46)]
    [InlineData("w/\\\"7f\\\"")]
    [InlineData("18446744073709551615")]
    [InlineData("-1")]
    public void Get_VersionThatIsNoLong_IsRefusedOnceAndForAll(string version)
    {
        var why = Assert.IsType<ReadOutcome.Rejected>(Get(200, SampleLeases.Full.Replace("4711", version, StringComparison.Ordinal))).Why;

        Assert.Equal((RejectionKind.Unusable, 200), (why.Kind, why.StatusCode));
        Assert.Contains("is not a positive integer up to 9223372036854775807", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Scenario(46)]
    public void Get_VersionOfAMegabyte_IsCutInTheMessage() => Assert.InRange(
        Assert.IsType<ReadOutcome.Rejected>(
            Get(200, SampleLeases.Full.Replace("4711", new('7', 1 << 20), StringComparison.Ordinal))).Why.Message.Length, 1, 200);

    [Fact]
    public async Task Store_ProxysPage_IsToldWithItsType()
    {
        await using var fixture = new StoreFixture();
        fixture.Server.Answer(() => new(System.Net.HttpStatusCode.NotFound) { Content = new StringContent("default backend - 404", Encoding.UTF8, "text/plain") });

        var failed = Assert.IsType<ReadOutcome.Failed>(await fixture.Until(fixture.Store.ReadAsync(CancellationToken.None)));
        Assert.Equal("HTTP 404 text/plain from something that is not the API server: 'default backend - 404'", failed.Why);
    }

    private static ApiAnswer.Replied Replied(int status, string body, string? type = "application/json") =>
        new(status, Encoding.UTF8.GetBytes(body), null, null) { MediaType = type };

    private static ReadOutcome Get(int status, string body, string? type = "application/json") =>
        ReadAnswers.Read(Replied(status, body, type), SampleLeases.Name);

    private static WriteOutcome Update(int status, string body, string? type = "application/json") =>
        WriteAnswers.Read(Replied(status, body, type), isCreate: false, default, SampleLeases.Name);

    private static WriteOutcome Create(int status, string body, string? type = "application/json") =>
        WriteAnswers.Read(Replied(status, body, type), isCreate: true, default, SampleLeases.Name);
}
