using LeaseElection.Simulation.Shell.Clock;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Simulation.Shell.Parts;

/// <summary>A hosted service that works by itself, as on a timer, until its StopAsync or its disposal.</summary>
internal class TimerPart<TSlot> : IHostedService, IDisposable
    where TSlot : ISlot
{
    private readonly WorldTime _time;

    public TimerPart(PartMaker maker, LeadershipTerm term, ScopedThing scoped)
    {
        scoped.Use();
        _time = maker.Time;
        Body = maker.Make(TSlot.Index, term);
        Body.Record.EndsByDisposal = Body.Plan.StopDoesNothing;
        Body.Construct();
    }

    protected PartBody Body { get; }

    public Task StartAsync(CancellationToken cancellationToken) => Body.StartAsync(
        () =>
        {
            Body.Record.WorkBeganAt ??= _time.Now;
            Body.Record.Works = true;
            return Task.CompletedTask;
        },
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Body.StopAsync(EndAsync, cancellationToken);

    public void Dispose()
    {
        Body.Record.EndsByDisposal = true; // A timer is disposed of here, whatever StopAsync did.
        Body.Disposing();
        GC.SuppressFinalize(this);
        Body.Disposed();
    }

    // A timer's last tick is awaited.
    private async Task EndAsync()
    {
        await Body.WindDownAsync();
        Body.Record.Works = false;
    }
}
