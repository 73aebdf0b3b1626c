using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using LeaseElection.TestKit.Scenarios.Elections;
using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Clients;

/// <summary>What an operator does to a Lease with kubectl, and what he reads.</summary>
public abstract class KubectlTests(ElectionServer server) : ElectionScenarios(server)
{
    private const string Named = $"lease.coordination.k8s.io/{Lease}";
    private const string NotFound = $"Error from server (NotFound): leases.coordination.k8s.io \"{Lease}\" not found\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-");
    private Kubectl _kubectl = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var kubeconfig = Path.Combine(_folder.FullName, "kubeconfig");
        var user = await Server.AddUserAsync(Namespace, "get", "list", "watch", "create", "update", "patch", "delete");
        await Kubeconfig.WriteAsync(kubeconfig, user.Configuration(), Namespace, Cancel);
        _kubectl = new(kubeconfig);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Create_OnceAndAgain_IsCreatedAndExists()
    {
        await SaysAsync($"{Named} created\n", ["create", "-f", "-"], Manifest("b", 15));
        await FailsAsync(
            $"Error from server (AlreadyExists): error when creating \"STDIN\": leases.coordination.k8s.io \"{Lease}\" already exists\n",
            ["create", "-f", "-"], Manifest("b", 15));

        Assert.Equal(15, (await Other.GetAsync(Cancel)).Spec.LeaseDurationSeconds);
    }

    [Fact]
    public async Task Create_DurationOfZero_IsInvalidAndSaysWhy() =>
        await FailsAsync(
            $"The Lease \"{Lease}\" is invalid: spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0\n",
            ["create", "-f", "-"], Manifest("b", 0));

    [Fact]
    public async Task Replace_ByAManifest_IsReplaced()
    {
        await Other.CreateHeldAsync("b", 15, Cancel);
        await SaysAsync($"{Named} replaced\n", ["replace", "-f", "-"], Manifest("c", 20));

        Assert.Equal("c", (await Other.GetAsync(Cancel)).Spec.HolderIdentity);
        Assert.Null((await Other.GetAsync(Cancel)).Spec.RenewTime);
    }

    [Fact]
    public async Task Get_AsATable_ShowsNameHolderAge()
    {
        await SaysAsync("", ["get", "leases"]);
        await Other.CreateHeldAsync("b", 15, Cancel);
        var list = await RunAsync("get", "leases");
        var one = await RunAsync("get", "lease", Lease);

        Assert.Matches(@"^NAME +HOLDER +AGE\nscenario +b +\d+s\n$", list.Output);
        Assert.Matches(@"^NAME +HOLDER +AGE\nscenario +b +\d+s\n$", one.Output);
    }

    [Fact]
    public async Task Get_Missing_IsNotFound() => await FailsAsync(NotFound, ["get", "lease", Lease]);

    [Fact]
    public async Task Get_WithoutTheRight_IsForbiddenAndSaysWhoMayNotWhat()
    {
        var nobody = await Server.AddUserAsync(Namespace);
        await Kubeconfig.WriteAsync(Path.Combine(_folder.FullName, "kubeconfig"), nobody.Configuration(), Namespace, Cancel);
        var result = await _kubectl.RunAsync(["get", "lease", Lease]);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(
            $"Error from server (Forbidden): leases.coordination.k8s.io \"{Lease}\" is forbidden: User \"", result.Errors,
            StringComparison.Ordinal);
        Assert.EndsWith(
            $"\" cannot get resource \"leases\" in API group \"coordination.k8s.io\" in the namespace \"{Namespace}\"\n",
            result.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AsJsonAndYaml_IsTheLease()
    {
        await Other.CreateHeldAsync("b", 15, Cancel);
        var json = KubernetesJson.Deserialize<V1Lease>((await RunAsync("get", "lease", Lease, "-o", "json")).Output);
        var yaml = KubernetesYaml.Deserialize<V1Lease>((await RunAsync("get", "lease", Lease, "-o", "yaml")).Output);
        var list = JsonNode.Parse((await RunAsync("get", "leases", "-o", "json")).Output)!;
        var lease = await Other.GetAsync(Cancel);

        Assert.Equal(lease.Metadata.ResourceVersion, json.Metadata.ResourceVersion);
        Assert.Equal(lease.Spec.RenewTime, json.Spec.RenewTime);
        Assert.Equal(lease.Metadata.Uid, yaml.Metadata.Uid);
        Assert.Equal("b", yaml.Spec.HolderIdentity);
        Assert.Equal("List", (string?)list["kind"]);
        Assert.Equal("b", (string?)Assert.Single(list["items"]!.AsArray())!["spec"]!["holderIdentity"]);
    }

    [Fact]
    public async Task Get_ByLabel_ShowsThoseThatHaveIt()
    {
        await Other.CreateHeldAsync("b", 15, Cancel);
        await new SomeoneElse(Server.Administrator, Namespace, "other").CreateHeldAsync("c", 15, Cancel);
        await Other.LabelAsync("team", "blue", Cancel);

        await SaysAsync($"{Named}\n", ["get", "leases", "-l", "team=blue", "-o", "name"]);
    }

    [Fact]
    public async Task Apply_CreateChangeAgain_IsCreatedConfiguredUnchanged()
    {
        await SaysAsync($"{Named} created\n", ["apply", "-f", "-"], Manifest("b", 15));
        await SaysAsync($"{Named} configured\n", ["apply", "-f", "-"], Manifest("b", 20));
        await SaysAsync($"{Named} unchanged\n", ["apply", "-f", "-"], Manifest("b", 20));

        Assert.Equal(20, (await Other.GetAsync(Cancel)).Spec.LeaseDurationSeconds);
    }

    [Fact]
    public async Task Apply_FieldTakenOut_IsTakenOutAndWhatOthersWroteStays()
    {
        await SaysAsync($"{Named} created\n", ["apply", "-f", "-"], Manifest("b", 15));
        await Other.EditAsync(lease => lease.Spec.LeaseTransitions = 7, Cancel);
        await SaysAsync($"{Named} configured\n", ["apply", "-f", "-"], Manifest("b", seconds: null));
        var lease = await Other.GetAsync(Cancel);

        Assert.Null(lease.Spec.LeaseDurationSeconds);
        Assert.Equal(7, lease.Spec.LeaseTransitions);
        Assert.Equal("b", lease.Spec.HolderIdentity);
    }

    [Theory]
    [InlineData("strategic", """{"spec":{"holderIdentity":"c"}}""")]
    [InlineData("merge", """{"spec":{"holderIdentity":"c"}}""")]
    [InlineData("json", """[{"op":"test","path":"/spec/holderIdentity","value":"b"},{"op":"replace","path":"/spec/holderIdentity","value":"c"}]""")]
    public async Task Patch_OfAnyType_IsPatched(string type, string patch)
    {
        await Other.CreateHeldAsync("b", 15, Cancel);
        await SaysAsync($"{Named} patched\n", ["patch", "lease", Lease, "--type", type, "-p", patch]);

        Assert.Equal("c", (await Other.GetAsync(Cancel)).Spec.HolderIdentity);
        Assert.Equal(15, (await Other.GetAsync(Cancel)).Spec.LeaseDurationSeconds);
    }

    [Fact]
    public async Task Patch_NothingNew_ChangesNothing()
    {
        var before = await Other.CreateHeldAsync("b", 15, Cancel);
        await SaysAsync($"{Named} patched (no change)\n", ["patch", "lease", Lease, "-p", """{"spec":{"holderIdentity":"b"}}"""]);

        Assert.Equal(before.Metadata.ResourceVersion, (await Other.GetAsync(Cancel)).Metadata.ResourceVersion);
    }

    [Fact]
    public async Task Edit_InAnEditor_IsEdited()
    {
        await Other.CreateHeldAsync("b", 15, Cancel);
        var result = await _kubectl.RunAsync(["edit", "lease", Lease], editor: "sed -i 's/holderIdentity: b/holderIdentity: c/'");

        Assert.Equal($"{Named} edited\n", result.Output);
        Assert.Equal("c", (await Other.GetAsync(Cancel)).Spec.HolderIdentity);
    }

    [Fact]
    public async Task Label_AddedThereAndTakenOff_IsLabeled()
    {
        await Other.CreateHeldAsync("b", 15, Cancel);
        await SaysAsync($"{Named} labeled\n", ["label", "lease", Lease, "team=blue"]);
        await FailsAsync("error: 'team' already has a value (blue), and --overwrite is false\n", ["label", "lease", Lease, "team=red"]);
        Assert.Equal("blue", (await Other.GetAsync(Cancel)).Labels()["team"]);
        var off = await RunAsync("label", "lease", Lease, "team-");

        // What it says to that depends on its version.
        Assert.StartsWith(Named, off.Output, StringComparison.Ordinal);
        Assert.Null((await Other.GetAsync(Cancel)).Labels());
    }

    [Fact]
    public async Task Annotate_Added_IsAnnotated()
    {
        await Other.CreateHeldAsync("b", 15, Cancel);
        await SaysAsync($"{Named} annotated\n", ["annotate", "lease", Lease, "note=by hand"]);

        Assert.Equal("by hand", (await Other.GetAsync(Cancel)).GetAnnotation("note"));
    }

    [Fact]
    public async Task Delete_ThereAndMissing_IsDeletedAndNotFound()
    {
        await Other.CreateHeldAsync("b", 15, Cancel);
        await SaysAsync($"lease.coordination.k8s.io \"{Lease}\" deleted\n", ["delete", "lease", Lease]);
        await FailsAsync(NotFound, ["delete", "lease", Lease]);
    }

    [Fact]
    public async Task GetWatch_WhileItChanges_ShowsEachChange()
    {
        await Other.CreateHeldAsync("b", 15, Cancel);
        await using var watch = await _kubectl.StreamAsync("get", "leases", "-w", "--output-watch-events");
        await RowAsync(watch, "ADDED", "b");
        await Other.StealAsync("c", 15, Cancel);
        await RowAsync(watch, "MODIFIED", "c");
        await Other.DeleteAsync(Cancel);
        await RowAsync(watch, "DELETED", "c");
    }

    [Fact]
    public async Task GetWatch_OneThatIsDeletedAndCreatedAgain_ShowsThatOneOnly()
    {
        await Other.CreateHeldAsync("b", 15, Cancel);
        await using var watch = await _kubectl.StreamAsync(
            "get", "lease", Lease, "-w", "-o", "jsonpath={.metadata.name}={.spec.holderIdentity}{\"\\n\"}");
        // The first line is of a read, and what happens between that and the watch is not shown: it watches once there is a second one.
        while (watch.Lines.Count < 2)
        {
            await Other.EditAsync(lease => lease.Spec.LeaseTransitions++, Cancel);
            await PassAsync(TimeSpan.FromMilliseconds(20));
        }

        await new SomeoneElse(Server.Administrator, Namespace, "other").CreateHeldAsync("c", 15, Cancel);
        await Other.DeleteAsync(Cancel);
        await Other.CreateHeldAsync("d", 15, Cancel);
        await watch.FirstAsync(line => line == $"{Lease}=d", Cancel);

        Assert.DoesNotContain("other=c", watch.Lines);
    }

    private static Task<string> RowAsync(KubectlStream watch, string happened, string holder) =>
        watch.FirstAsync(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var what, Lease, var who, _] && what == happened && who == holder, Cancel);

    private static string Manifest(string holder, int? seconds) =>
        $"""
        apiVersion: coordination.k8s.io/v1
        kind: Lease
        metadata:
          name: {Lease}
        spec:
          holderIdentity: {holder}
          {(seconds is null ? "" : $"leaseDurationSeconds: {seconds}")}

        """;

    private async Task<KubectlResult> RunAsync(params IReadOnlyList<string> arguments)
    {
        var result = await _kubectl.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {result}");
        return result;
    }

    private async Task SaysAsync(string output, IReadOnlyList<string> arguments, string? input = null)
    {
        var result = await _kubectl.RunAsync(arguments, input);
        Assert.True(result.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {result}");
        Assert.Equal(output, result.Output);
    }

    private async Task FailsAsync(string errors, IReadOnlyList<string> arguments, string? input = null)
    {
        var result = await _kubectl.RunAsync(arguments, input);
        Assert.Equal(errors, result.Errors);
        Assert.Equal(1, result.ExitCode);
    }
}
