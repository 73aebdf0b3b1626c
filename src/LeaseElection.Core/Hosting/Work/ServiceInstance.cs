using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Hosting.Work;

/// <summary>The instance of a service in a term.</summary>
/// <param name="Service">The instance.</param>
/// <param name="IsOurs">Whether we dispose of it with the term; the container disposes of its own.</param>
internal readonly record struct ServiceInstance(IHostedService Service, bool IsOurs)
{
    /// <summary>Takes the service as registered; makes one where it is not registered.</summary>
    public static ServiceInstance Of<T>(IServiceProvider services, Func<IServiceProvider, T> create)
        where T : class, IHostedService =>
        IsRegistered(services, typeof(T)) ? new(services.GetRequiredService<T>(), IsOurs: false) : new(create(services), IsOurs: true);

    /// <summary>The same for a type that is known only at run time.</summary>
    public static ServiceInstance Of(IServiceProvider services, Type type, Func<IServiceProvider, object> create) =>
        IsRegistered(services, type)
            ? new((IHostedService)services.GetRequiredService(type), IsOurs: false)
            : new((IHostedService)create(services), IsOurs: true);

    /// <summary>Asks a factory, which may make an instance or take one from the container.</summary>
    public static ServiceInstance From(IServiceProvider services, Func<IServiceProvider, IHostedService> factory)
    {
        var service = factory(services)
            ?? throw new InvalidOperationException("The factory given to AddLeaderService returned null; it must return a service.");
        var type = service.GetType();
        return new(service, IsOurs: !(IsRegistered(services, type) && ReferenceEquals(services.GetService(type), service)));
    }

    private static bool IsRegistered(IServiceProvider services, Type type) =>
        services.GetService<IServiceProviderIsService>()?.IsService(type) == true;
}
