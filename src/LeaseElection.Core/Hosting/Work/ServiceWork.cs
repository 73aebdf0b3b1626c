using Microsoft.Extensions.DependencyInjection;

namespace LeaseElection.Hosting.Work;

/// <summary>Work that is a hosted service: a new instance for every term, unless the container keeps one.</summary>
/// <param name="type">The service's type; null where only a factory knows it.</param>
/// <param name="create">Makes the instance.</param>
internal sealed class ServiceWork(Type? type, Func<IServiceProvider, ServiceInstance> create) : LeaderWork
{
    public Type? Type => type;

    public override RunningPart Begin(IServiceProvider services, LeadershipTerm term, Action<Exception> failed)
    {
        var part = new ServicePart(
            () => create(services), failed, services.GetRequiredService<TimeProvider>(), term.CreateStopToken(), term.CreateHurryToken());
        var started = part.StartAsync();
        return new(started, part.Completion, () => part.StopAsync(started));
    }
}
