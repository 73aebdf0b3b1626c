using LeaseElection.Leases;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Loop;
using LeaseElection.Standalone;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>The real elector, machine and loop, on a Lease in memory that others write too, with a clock of its own.</summary>
internal sealed class ElectorStage : ElectionStage
{
    private readonly ManualTimeProvider _time = new();
    private readonly StandaloneLease _lease;
    private readonly UnreliableStore _store;
    private readonly Elector _elector;
    private bool _started;

    public ElectorStage()
    {
        _lease = new(_time);
        _store = new(_lease);
        _elector = new(
            new()
            {
                Name = "reports",
                // So long that a loop that gets no processor for a while does not lose its term to a clock that is advanced in steps.
                Settings = new()
                {
                    Identity = "a",
                    LeaseDuration = TimeSpan.FromSeconds(150),
                    RenewDeadline = TimeSpan.FromSeconds(100),
                    RenewInterval = TimeSpan.FromSeconds(30),
                    RetryPeriod = TimeSpan.FromSeconds(1),
                    RequestTimeout = TimeSpan.FromSeconds(20),
                    DrainTimeout = TimeSpan.FromSeconds(20),
                    WhenWorkOverruns = WorkOverrunPolicy.Log,
                },
                Lease = "default/reports",
                OpenStore = () => _store,
                Time = _time,
                Clock = HolderClock.ByTimer(_time),
                Logger = NullLogger.Instance,
            },
            WorkCompletionPolicy.KeepLeading);
    }

    public override ILeaderElection Election => _elector;

    public override async Task<LeadershipTerm> LeadAsync()
    {
        _store.IsBroken = false;
        if (_lease.Read() is { Spec.HolderIdentity: { Length: > 0 } holder } && holder != Election.Identity)
            Write("");
        Start();
        return await AdvanceUntilAsync(Election.WaitForLeadershipAsync(Cancel));
    }

    public override Task HandToAsync(string leader)
    {
        Write(leader);
        Start();
        return Task.CompletedTask;
    }

    public override Task ExpireAsync()
    {
        _store.IsBroken = true;
        _time.Advance(TimeSpan.FromSeconds(100));
        return Task.CompletedTask;
    }

    // A retry may be due before the elector can leave.
    public override async ValueTask EndAsync() => await AdvanceUntilAsync(_elector.DisposeAsync().AsTask());

    public override async ValueTask DisposeAsync()
    {
        _store.IsBroken = false;
        await EndAsync();
        await _elector.DisposeAsync();
        await _store.DisposeAsync();
    }

    private void Start()
    {
        if (_started)
            return;
        _started = true;
        _ = _elector.RunAsync(async (_, token) => await Task.Delay(Timeout.InfiniteTimeSpan, _time, token), Cancel);
    }

    // Another elector's write, as client-go does it: without a mark, and counting up. Ours may come between the read and the write.
    private void Write(string holder)
    {
        while (true)
        {
            var now = _lease.Read();
            var outcome = _lease.Write(new()
            {
                Uid = now?.Uid,
                Version = now?.Version ?? 0,
                Mark = "",
                Spec = new()
                {
                    HolderIdentity = holder,
                    LeaseDurationSeconds = 150,
                    RenewTime = MicroTime.From(_time.GetUtcNow()),
                    LeaseTransitions = (now?.Spec.LeaseTransitions ?? -1) + 1,
                },
            });
            if (outcome is Leases.WriteOutcome.Written)
                return;
        }
    }

    private async Task<T> AdvanceUntilAsync<T>(Task<T> happened)
    {
        await AdvanceUntilAsync((Task)happened);
        return await happened;
    }

    private async Task AdvanceUntilAsync(Task happened)
    {
        while (!happened.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            // Real time, so that the loop gets its turn.
            await Task.WhenAny(happened, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel));
        }

        await happened;
    }
}
