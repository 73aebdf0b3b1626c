using System.Net;
using System.Text.Json.Nodes;
using k8s.Models;

namespace LeaseElection.Testing.Tests.Api.Representations;

/// <summary>What comes back when a client says in what form it wants objects. The texts are those of kube-apiserver 1.36.</summary>
public sealed class RepresentationTests : IAsyncLifetime
{
    private const string Leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io";

    private LeaseApiServer _server = null!;
    private HttpClient _http = null!;
    private SomeoneElse _lease = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await LeaseApiServer.StartAsync(new() { UseTls = false }, Cancel);
        _http = new() { BaseAddress = _server.Address };
        _lease = new(_server.CreateClient(), "default", "a");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("text/html",
        "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf")]
    [InlineData("application/json;as=Foo;v=v1;g=meta.k8s.io",
        "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf")]
    [InlineData("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
        "you requested PartialObjectMetadataList, but the requested object is not a list (*coordination.Lease)")]
    public async Task Get_InAFormThatIsNot_IsNotAcceptable(string accept, string message)
    {
        await _lease.CreateHeldAsync("b", 15, Cancel);
        var (status, body) = await GetAsync($"{Leases}/a", accept);

        Assert.Equal(HttpStatusCode.NotAcceptable, status);
        Assert.Equal(message, (string?)body["message"]);
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("text/html, application/json;q=0.5")]
    [InlineData("application/json;as=Table;v=v2;g=meta.k8s.io, application/json")]
    public async Task Get_AsItIsAmongOthers_IsTheLease(string accept)
    {
        await _lease.CreateHeldAsync("b", 15, Cancel);
        var (_, body) = await GetAsync($"{Leases}/a", accept);

        Assert.Equal("Lease", (string?)body["kind"]);
    }

    [Fact]
    public async Task Get_TheBetterOfTwoForms_IsThatOne()
    {
        await _lease.CreateHeldAsync("b", 15, Cancel);
        var (_, body) = await GetAsync($"{Leases}/a", $"application/json;q=0.5, {Table};q=0.8");

        Assert.Equal("Table", (string?)body["kind"]);
    }

    [Theory]
    [InlineData("", "PartialObjectMetadata", false)]
    [InlineData("?includeObject=Metadata", "PartialObjectMetadata", false)]
    [InlineData("?includeObject=Object", "Lease", true)]
    [InlineData("?includeObject=None", null, false)]
    public async Task List_AsATable_RowsHaveCellsAndTheObjectAskedFor(string query, string? kind, bool hasSpec)
    {
        var lease = await _lease.CreateHeldAsync("b", 15, Cancel);
        var (_, table) = await GetAsync(Leases + query, Table);
        var row = Assert.Single(table["rows"]!.AsArray())!;

        Assert.Equal(["Name", "Holder", "Age"], table["columnDefinitions"]!.AsArray().Select(column => (string?)column!["name"]));
        Assert.Equal(lease.ResourceVersion(), (string?)table["metadata"]!["resourceVersion"]);
        Assert.Equal(["a", "b"], row["cells"]!.AsArray().Take(2).Select(cell => (string?)cell));
        Assert.Equal(kind, (string?)row["object"]?["kind"]);
        Assert.Equal(hasSpec, row["object"]?["spec"] is not null);
    }

    [Fact]
    public async Task List_AsATableOfNobodyKnowsWhat_IsABadRequest()
    {
        var (status, body) = await GetAsync($"{Leases}?includeObject=Foo", Table);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(
            "Unable to convert to Table as requested: includeObject: Invalid value: \"Foo\": must be 'Metadata', 'Object', 'None', or empty",
            (string?)body["message"]);
    }

    [Fact]
    public async Task Get_MissingAsATable_IsStillAStatus()
    {
        var (status, body) = await GetAsync($"{Leases}/a", Table);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("Status", (string?)body["kind"]);
    }

    [Fact]
    public async Task List_AsMetadata_HasNoSpec()
    {
        var lease = await _lease.CreateHeldAsync("b", 15, Cancel);
        var (_, body) = await GetAsync(Leases, "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
        var item = Assert.Single(body["items"]!.AsArray())!;

        Assert.Equal("PartialObjectMetadataList", (string?)body["kind"]);
        Assert.Equal("PartialObjectMetadata", (string?)item["kind"]);
        Assert.Equal(lease.Uid(), (string?)item["metadata"]!["uid"]);
        Assert.Null(item["spec"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task Watch_AsATable_OnlyTheFirstSaysItsColumns()
    {
        var cancel = TestContext.Current.CancellationToken;
        await _lease.CreateHeldAsync("b", 15, cancel);
        await _lease.StealAsync("c", 15, cancel);
        using var request = Request($"{Leases}?watch=1&resourceVersion=0", Table);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancel));
        var first = JsonNode.Parse((await lines.ReadLineAsync(cancel))!)!;
        await _lease.DeleteAsync(cancel);
        var second = JsonNode.Parse((await lines.ReadLineAsync(cancel))!)!;

        Assert.Equal(3, first["object"]!["columnDefinitions"]!.AsArray().Count);
        Assert.Equal("DELETED", (string?)second["type"]);
        Assert.Equal("Table", (string?)second["object"]!["kind"]);
        Assert.Null(second["object"]!["columnDefinitions"]);
        Assert.Equal("c", (string?)second["object"]!["rows"]![0]!["cells"]![1]);
    }

    private static HttpRequestMessage Request(string path, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return request;
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> GetAsync(string path, string accept)
    {
        using var request = Request(path, accept);
        using var response = await _http.SendAsync(request, Cancel);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!);
    }
}
