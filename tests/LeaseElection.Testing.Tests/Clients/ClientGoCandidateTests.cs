namespace LeaseElection.Testing.Tests.Clients;

/// <summary>That the candidate does what the scenarios ask of it.</summary>
public sealed class ClientGoCandidateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Stop_RenewalInFlight_IsReleasedAllTheSame()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        var kubeconfig = Path.Combine(_folder.FullName, "kubeconfig");
        await server.WriteKubeconfigAsync(kubeconfig, cancellationToken: Cancel);
        await using var candidate = await ClientGoCandidate.StartAsync(
            kubeconfig, "default", "a", new(TimeSpan.FromMinutes(10)), json: true);
        await candidate.UntilLeadingAsync(Cancel);

        using var held = server.Faults.Add(Fault.HoldAfter(), r => r.Verb == "update", times: 1);
        await held.UntilHitAsync(cancellationToken: Cancel);
        var stopped = candidate.StopAsync(Cancel);
        // Long enough for one that would not wait to spoil its release.
        await Task.WhenAny(stopped, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancel));
        held.Dispose();
        await stopped;

        using var client = server.CreateClient();
        Assert.Equal("", (await new SomeoneElse(client, "default", "a").GetAsync(Cancel)).Spec.HolderIdentity ?? "");
    }
}
