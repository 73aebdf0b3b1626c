using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LeaseElection.Testing.Tests.Servers;

/// <summary>What no client of sound mind sends is answered as a mistake of the client's, and the server goes on.</summary>
public sealed class OddRequestTests : ServerFixture
{
    private const string JsonPatch = "application/json-patch+json";

    public static TheoryData<string, string, string, string?> Odd => new()
    {
        { "PATCH", "/a", JsonPatch, """[{"op":"add","path":5,"value":1}]""" },
        { "PATCH", "/a", JsonPatch, """[{"op":5,"path":"/spec"}]""" },
        { "PATCH", "/a", JsonPatch, """[{"op":"add","path":"spec","value":{}}]""" },
        { "PATCH", "/a", JsonPatch, """[{"op":"copy","from":"spec","path":"/spec"}]""" },
        { "GET", "?continue=WzFd&limit=1", "application/json", null },
        { "GET", "?continue=eyJydiI6Im4ifQ&limit=1", "application/json", null },
        { "POST", "", "application/yaml", "? [a]\n: b\n" },
        { "POST", "", "application/yaml", "metadata: {name: q}\nspec: {leaseDurationSeconds: .nan}\n" },
        { "POST", "", "application/yaml", "a: &a [*a]\n" },
        { "POST", "", "application/yaml", "? &a [*a]\n: b\n" },
        { "POST", "", "application/yaml", "&a {? *a : b}\n" },
        { "POST", "", "application/yaml", "a: *b\n" },
        { "POST", "", "application/yaml", new string('[', 200_000) },
        { "POST", "", "application/json", new string('[', 200_000) },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task Request_ThatMakesNoSense_IsTheClientsMistake(string method, string path, string type, string? body)
    {
        await Client.CreateAsync("a");
        using var answer = await Client.SendAsync(new(method), RawClient.Leases() + path, body, type: type);

        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync($"{RawClient.Leases()}/a")).StatusCode);
    }

    [Fact]
    public async Task Yaml_PlainNaN_IsText()
    {
        using var answer = await Client.SendAsync(
            HttpMethod.Post, RawClient.Leases(), "metadata: {name: q}\nspec: {holderIdentity: NaN}\n", type: "application/yaml");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":5}}""")]
    [InlineData("""{"metadata":5}""")]
    public async Task Namespace_OfWrongTypes_Is400(string body)
    {
        using var answer = await Client.SendAsync(HttpMethod.Post, "/api/v1/namespaces", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n")]
    public async Task Request_WithoutAPath_IsTheClientsMistake(string text)
    {
        await using var plain = await LeaseApiServer.StartAsync(new() { UseTls = false }, Cancel);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, plain.Address.Port, Cancel);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancel);
        var answer = new byte[12];
        await client.GetStream().ReadExactlyAsync(answer, Cancel);

        Assert.StartsWith("HTTP/1.1 4", Encoding.ASCII.GetString(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5", "unknown patch type: %!s(int64=5) in map: map[$patch:5]")]
    [InlineData("\"foo\"", "unknown patch type: foo in map: map[$patch:foo]")]
    public async Task StrategicPatch_OfADirectiveThatIsNone_IsRefusedAsKubeApiserverDoes(string directive, string message)
    {
        await Client.CreateAsync("a");
        using var answer = await Client.SendAsync(
            HttpMethod.Patch, $"{RawClient.Leases()}/a", $$"""{"$patch":{{directive}}}""", type: "application/strategic-merge-patch+json");

        Assert.Equal(
            (HttpStatusCode.InternalServerError, message), (answer.StatusCode, (string?)(await RawClient.JsonAsync(answer))["message"]));
    }

    [Fact]
    public async Task Yaml_WhoseAliasesMultiply_Is400()
    {
        var body = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i <= 30; i++)
            body.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n");
        using var answer = await Client.SendAsync(HttpMethod.Post, RawClient.Leases(), body.ToString(), type: "application/yaml");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Yaml_AliasOfAKeyAndOfAValue_IsWhatItStandsFor()
    {
        const string Body = "metadata:\n  &n name: &v q\n  labels:\n    *n : *v\n";
        using var answer = await Client.SendAsync(HttpMethod.Post, RawClient.Leases(), Body, type: "application/yaml");

        var made = await RawClient.JsonAsync(answer);
        Assert.Equal(("q", "q"), ((string?)made["metadata"]!["name"], (string?)made["metadata"]!["labels"]!["name"]));
    }

    [Fact]
    public async Task Yaml_KeyWhoseAliasesMultiply_Is400()
    {
        var body = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i <= 40; i++)
            body.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n");
        using var answer = await Client.SendAsync(HttpMethod.Post, RawClient.Leases(), $"{body}? *a40\n: x\n", type: "application/yaml");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task JsonPatch_WhoseCopiesNestEverDeeper_Is422()
    {
        // Each doubles the depth: without a limit, code that calls itself for every level ends the process.
        var operations = new StringBuilder("""[{"op":"add","path":"/spec/x","value":{}}""");
        for (var deepest = "/spec/x"; deepest.Length < 100_000; deepest += deepest["/spec".Length..])
            operations.Append(CultureInfo.InvariantCulture, $$""",{"op":"copy","from":"/spec/x","path":"{{deepest}}/x"}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PatchAsync($"{operations}]"));
    }

    [Fact]
    public async Task JsonPatch_WhoseCopiesMultiply_Is422()
    {
        var operations = Enumerable.Range(0, 24).Select(i => $$"""{"op":"copy","from":"/spec","path":"/spec/x{{i}}"}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PatchAsync($"[{string.Join(',', operations)}]"));
    }

    [Theory]
    [InlineData(62, HttpStatusCode.OK)]
    [InlineData(63, HttpStatusCode.UnprocessableEntity)]
    public async Task JsonPatch_AddsAsDeepAsABodyMayBe_NotDeeper(int levels, HttpStatusCode expected)
    {
        // Two of the levels are the Lease and its spec; half is added into the other half.
        var (outer, inner) = (levels - 31, 31);
        var path = $"/spec/x{string.Concat(Enumerable.Repeat("/0", outer))}";
        var operations = $$"""[{"op":"add","path":"/spec/x","value":{{Nested(outer)}}},{"op":"add","path":"{{path}}","value":{{Nested(inner)}}}]""";

        Assert.Equal(expected, await PatchAsync(operations));

        static string Nested(int levels) => new string('[', levels) + new string(']', levels);
    }

    private async Task<HttpStatusCode> PatchAsync(string operations)
    {
        await Client.CreateAsync("a");
        using var answer = await Client.SendAsync(HttpMethod.Patch, $"{RawClient.Leases()}/a", operations, type: JsonPatch);
        return answer.StatusCode;
    }
}
