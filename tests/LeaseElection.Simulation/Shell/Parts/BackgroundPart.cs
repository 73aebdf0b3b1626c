using Microsoft.Extensions.Hosting;

namespace LeaseElection.Simulation.Shell.Parts;

/// <summary>A BackgroundService as users write them.</summary>
internal class BackgroundPart<TSlot> : BackgroundService
    where TSlot : ISlot
{
    public BackgroundPart(PartMaker maker, LeadershipTerm term, ScopedThing scoped)
    {
        scoped.Use();
        Body = maker.Make(TSlot.Index, term);
        Body.Construct();
    }

    protected PartBody Body { get; }

    public override Task StartAsync(CancellationToken cancellationToken) =>
        Body.StartAsync(() => base.StartAsync(cancellationToken), cancellationToken);

    public override Task StopAsync(CancellationToken cancellationToken) =>
        Body.StopAsync(() => base.StopAsync(cancellationToken), cancellationToken);

    public override void Dispose()
    {
        Body.Disposing();
        base.Dispose();
        GC.SuppressFinalize(this);
        Body.Disposed();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Body.WorkAsync(stoppingToken);
}
