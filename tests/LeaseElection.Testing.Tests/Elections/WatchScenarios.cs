using LeaseElection.TestKit.Scenarios.Elections;

namespace LeaseElection.Testing.Tests.Elections;

/// <summary>
/// Whatever is wrong with a standby's watch: it takes over at most a third of the lease late, by its fallback read, and never early.
/// </summary>
public abstract class WatchScenarios(LeaseApiServerOptions? options = null) : EmbeddedScenarios(options)
{
    // A standby of 2 s reads after 0.7 s of silence. Beyond that: two busy cores, and a read's own retries.
    private static readonly TimeSpan Late = Seconds(0.7) + Seconds(2);

    protected async Task RenewsAndFallsSilentAsync(string fault)
    {
        var a = await StandbyAsync(fault, holdSeconds: 2);
        // Longer than the lease: a standby that misses renewals leads too early.
        var (renewing, renewed) = (0L, 0L);
        for (var i = 0; i < 13; i++)
        {
            renewing = Now();
            await RenewAsync();
            renewed = Now();
            await PassAsync(Seconds(0.2));
        }

        await a.UntilLeadingAsync();
        Assert.True(Since(renewing) >= Seconds(2), $"took over {Since(renewing)} after the last renewal");
        Assert.InRange(Since(renewed), TimeSpan.Zero, Seconds(2) + Late);
    }

    protected async Task ReleasesAsync(string fault)
    {
        // Who only waited for the record's time would be far later.
        var a = await StandbyAsync(fault, holdSeconds: 30);
        await Other.EditAsync(lease => (lease.Spec.HolderIdentity, lease.Spec.LeaseDurationSeconds) = ("", 1), Cancel);
        var released = Now();
        await a.UntilLeadingAsync();

        Assert.InRange(Since(released), TimeSpan.Zero, Late);
    }

    private Task RenewAsync() => Other.EditAsync(lease => lease.Spec.RenewTime = lease.Spec.RenewTime!.Value.AddMicroseconds(1), Cancel);

    private async Task<Replica> StandbyAsync(string fault, int holdSeconds)
    {
        await Other.CreateHeldAsync("b", holdSeconds, Cancel);
        var a = Add(leaseSeconds: 2).Start();
        await a.UntilSeesAsync("b");
        await Api.Requests.UntilAsync(IsWatch, cancellationToken: Cancel);
        switch (fault)
        {
            case "stalls":
                Api.Faults.Add(Fault.StallWatch(), IsWatch);
                break;
            case "ends":
                Api.Faults.Add(Fault.EndWatch(), IsWatch);
                break;
            case "410":
                Api.Faults.Add(Fault.ExpireWatch(), IsWatch);
                break;
            case "500":
                Api.Faults.Add(Fault.WatchError(500, "InternalError", "injected"), IsWatch);
                break;
            case "duplicates":
                Api.Faults.Add(Fault.DuplicateEvents(), IsWatch);
                break;
            case "reorders":
                Api.Faults.Add(Fault.ReorderEvents(), IsWatch);
                break;
            case "garbage":
                Api.Faults.Add(Fault.GarbageEvents(), IsWatch);
                break;
            case "resets":
                Api.Faults.Add(Fault.EndWatch(), IsWatch, times: 1);
                Api.Faults.Add(Fault.Reset(), IsWatch);
                break;
            case "refused":
                Api.Faults.Add(Fault.EndWatch(), IsWatch, times: 1);
                Api.Faults.Add(Fault.Status(503), IsWatch);
                break;
            default:
                break;
        }

        return a;
    }
}
