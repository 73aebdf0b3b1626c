using System.Diagnostics.CodeAnalysis;
using LeaseElection;
using LeaseElection.Hosting;
using LeaseElection.Hosting.Work;
using LeaseElection.Standalone;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What <c>AddLeaderElection</c> returns: adds the work of the leader.</summary>
/// <remarks>
/// All work of one election begins and ends with the same term. Parts start in order, and are told to stop all at once.
/// When one part fails, the term ends for all in that moment. A part has ended when its StopAsync is over and its
/// ExecuteTask is done (docs/safety.md, S8).
/// </remarks>
public sealed class LeaderElectionBuilder
{
    internal LeaderElectionBuilder(IServiceCollection services, ElectionRegistration registration)
    {
        Services = services;
        Registration = registration;
    }

    /// <summary>Gets the election's name; empty where none was given to <c>AddLeaderElection</c>.</summary>
    public string Name => Registration.Name;

    /// <summary>Gets the services of the host.</summary>
    public IServiceCollection Services { get; }

    internal ElectionRegistration Registration { get; }

    /// <summary>
    /// Runs a hosted service while this replica leads, and only then: for every term a new instance, from a new scope in which
    /// <see cref="LeadershipTerm"/> can be injected; started when the term begins, stopped and disposed of when it ends. The members of
    /// <see cref="IHostedLifecycleService"/> are called around its start and stop. If the application has registered the service itself,
    /// the instance comes from the scope as registered: a singleton is the same instance in every term, and the container disposes of it.
    /// An instance runs only once at a time, so a singleton can be the work of one election only.
    /// </summary>
    /// <typeparam name="TService">
    /// The service, a <see cref="BackgroundService"/> for example. Do not register it with <c>AddHostedService</c> too.
    /// </typeparam>
    /// <returns>This builder.</returns>
    public LeaderElectionBuilder AddLeaderService<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService>()
        where TService : class, IHostedService
    {
        Registration.Works.Add(new ServiceWork(
            typeof(TService), static services => ServiceInstance.Of(services, static s => ActivatorUtilities.CreateInstance<TService>(s))));
        return this;
    }

    /// <summary>The same for a type that is known only when the program runs.</summary>
    /// <param name="serviceType">The service: a class that implements <see cref="IHostedService"/>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The type is no class that implements <see cref="IHostedService"/>.</exception>
    public LeaderElectionBuilder AddLeaderService(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (!serviceType.IsAssignableTo(typeof(IHostedService)) || serviceType.IsAbstract)
            throw new ArgumentException(
                $"{serviceType} cannot be a leader service; it must be a class that implements {typeof(IHostedService)}.",
                nameof(serviceType));
        Registration.Works.Add(new ServiceWork(
            serviceType, services => ServiceInstance.Of(services, serviceType, s => ActivatorUtilities.CreateInstance(s, serviceType))));
        return this;
    }

    /// <summary>The same for a service that a function makes, once per term.</summary>
    /// <param name="factory">
    /// Gets the services of the term's scope. The library disposes of what it makes when the term ends; the container
    /// disposes of what it takes from there.
    /// </param>
    /// <returns>This builder.</returns>
    public LeaderElectionBuilder AddLeaderService(Func<IServiceProvider, IHostedService> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Registration.Works.Add(new ServiceWork(type: null, services => ServiceInstance.From(services, factory)));
        return this;
    }

    /// <summary>Runs a function while this replica leads, once per term.</summary>
    /// <param name="work">
    /// The work: gets the term, and a token that is cancelled when the term ends or another part of the work
    /// fails, and must end soon after.
    /// </param>
    /// <returns>This builder.</returns>
    public LeaderElectionBuilder OnLeading(Func<LeadershipTerm, CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return OnLeading((_, term, cancellationToken) => work(term, cancellationToken));
    }

    /// <summary>Runs a function while this replica leads, once per term, with services from a scope of the term's.</summary>
    /// <param name="work">
    /// The work: gets the scope's services, the term, and a token that is cancelled when the term ends or another part of the work fails,
    /// and must end soon after.
    /// </param>
    /// <returns>This builder.</returns>
    public LeaderElectionBuilder OnLeading(Func<IServiceProvider, LeadershipTerm, CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Registration.Works.Add(new FunctionWork(work));
        return this;
    }

    /// <summary>
    /// Takes this election out of the cluster: no cluster is looked for, configured or contacted, and this process leads from its host's
    /// start, whatever other processes do. For development and for tests of a whole host; the log warns of it at every start.
    /// </summary>
    /// <returns>This builder. Calling this again changes nothing; other elections of the host are not affected.</returns>
    /// <remarks>
    /// All else is as in production: the settings are validated, the work gets terms with rising fencing tokens (also across restarts, as
    /// long as the wall clock is not set back), StepDown ends a term and a new one begins after RetryPeriod, failures, overruns and
    /// draining follow their policies. In a test of a host that is registered elsewhere:
    /// <c>services.AddLeaderElection(name).UseStandalone()</c> with the name that it has there.
    /// </remarks>
    public LeaderElectionBuilder UseStandalone()
    {
        Registration.Keeper = static _ => new StandaloneKeeper();
        return this;
    }
}
