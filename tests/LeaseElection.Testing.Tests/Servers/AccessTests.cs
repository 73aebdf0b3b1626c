using System.Net;
using k8s;

namespace LeaseElection.Testing.Tests.Servers;

/// <summary>Who may do what, and how clients are made for them.</summary>
public sealed class AccessTests : ServerFixture
{
    [Fact]
    public async Task User_MayDoItsVerbsAndAChangeHoldsAtOnce()
    {
        var user = Server.AddUser("her", "get");
        using var hers = new RawClient(Server, user);
        Assert.Equal(HttpStatusCode.NotFound, (await hers.GetAsync($"{RawClient.Leases()}/a")).StatusCode);
        using var refused = await hers.CreateAsync("a");
        var status = await RawClient.JsonAsync(refused);
        user.Verbs = ["create"];

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("User \"her\" cannot create resource \"leases\"", (string)status["message"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await hers.CreateAsync("a")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await hers.GetAsync($"{RawClient.Leases()}/a")).StatusCode);
    }

    [Fact]
    public async Task User_RevokedOrElsewhere_IsRefused()
    {
        Server.CreateNamespace("other");
        var user = Server.AddUser("her", "get");
        user.Namespace = "other";
        using var hers = new RawClient(Server, user);

        Assert.Equal(HttpStatusCode.Forbidden, (await hers.GetAsync($"{RawClient.Leases()}/a")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await hers.GetAsync($"{RawClient.Leases("other")}/a")).StatusCode);
        user.IsRevoked = true;
        Assert.Equal(HttpStatusCode.Unauthorized, (await hers.GetAsync($"{RawClient.Leases("other")}/a")).StatusCode);
    }

    [Fact]
    public async Task RequireToken_WithoutOne_IsForbiddenAndTheAdministratorIsNot()
    {
        await using var server = await LeaseApiServer.StartAsync(new() { RequireToken = true }, Cancel);
        using var nobody = new RawClient(server);
        using var admin = server.CreateClient();

        Assert.Equal(HttpStatusCode.Forbidden, (await nobody.GetAsync(RawClient.Leases())).StatusCode);
        Assert.Empty((await admin.CoordinationV1.ListNamespacedLeaseAsync("default", cancellationToken: Cancel)).Items);
    }

    [Fact]
    public void AddUser_UnknownVerb_NamesItAndTheKnownOnes()
    {
        var error = Assert.Throws<ArgumentException>(() => Server.AddUser("her", "get", "renew"));

        Assert.Contains("renew", error.Message, StringComparison.Ordinal);
        Assert.Contains("deletecollection", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("A_b")]
    [InlineData("")]
    public void CreateNamespace_TakenOrNoLabel_IsRefused(string name) =>
        Assert.Contains(
            $"\"{name}\"", Assert.Throws<ArgumentException>(() => Server.CreateNamespace(name)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task WriteKubeconfig_LeadsToTheServerInThatNamespace()
    {
        Server.CreateNamespace("other");
        var file = Path.GetTempFileName();
        try
        {
            await Server.WriteKubeconfigAsync(file, Server.AddUser("her", "get"), "other", Cancel);
            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(file);
            using var client = new Kubernetes(configuration);
            var refusal = await Assert.ThrowsAsync<k8s.Autorest.HttpOperationException>(
                () => client.CoordinationV1.ReadNamespacedLeaseAsync("a", configuration.Namespace, cancellationToken: Cancel));

            Assert.Equal("other", configuration.Namespace);
            Assert.Equal(HttpStatusCode.NotFound, refusal.Response.StatusCode);
            Assert.Equal("her", Server.Requests.All[^1].User);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Certificate_IsTrustedByItsAuthorityAlone()
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("/version", UriKind.Relative), Cancel));

        Assert.Equal(HttpRequestError.SecureConnectionError, error.HttpRequestError);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", Server.CertificateAuthority, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_TellWhoAskedForWhatAndHowItEnded()
    {
        await Client.CreateAsync("a");
        await Client.CreateAsync("a");
        using var watch = await Client.WatchAsync("&fieldSelector=metadata.name%3Da");
        await Server.Requests.UntilAsync(r => r.Verb == "watch", cancellationToken: Cancel);

        Assert.Equal(
            ["1 admin POST /apis/coordination.k8s.io/v1/namespaces/default/leases -> 201", "2 admin POST /apis/coordination.k8s.io/v1/namespaces/default/leases -> 409"],
            Server.Requests.All.Take(2).Select(r => r.ToString()));
        Assert.Equal(
            ("watch", "a", "default"), (Server.Requests.All[2].Verb, Server.Requests.All[2].Name, Server.Requests.All[2].Namespace));
        Assert.Contains("\"b\"", Server.Requests.All[0].Body, StringComparison.Ordinal);
        Server.Requests.Clear();
        Assert.Empty(Server.Requests.All);
    }
}
