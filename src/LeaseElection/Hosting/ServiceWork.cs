using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Hosting;

/// <summary>Work that is a hosted service: a new instance for every term.</summary>
internal sealed class ServiceWork(Type type, Func<IServiceProvider, IHostedService> create) : LeaderWork
{
    public Type Type => type;

    public override RunningPart Begin(IServiceProvider services, LeadershipTerm term, Action<Exception> failed)
    {
        var part = new ServicePart(() => create(services), failed, services.GetRequiredService<TimeProvider>(), term.CreateStopToken(), term.CreateHurryToken());
        var started = part.StartAsync();
        return new(started, part.Completion, () => part.StopAsync(started));
    }
}
