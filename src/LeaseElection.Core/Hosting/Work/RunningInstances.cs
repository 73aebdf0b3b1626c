using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Hosting.Work;

/// <summary>
/// The instances that run in a term of this process. Two parts or two elections can get the same instance from the container: started
/// twice, it could not tell which of the two has to stop (S8).
/// </summary>
internal static class RunningInstances
{
    private static readonly ConditionalWeakTable<IHostedService, object> Running = [];

    /// <summary>Records that an instance is about to start.</summary>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public static void Begin(IHostedService service)
    {
        if (!Running.TryAdd(service, service))
        {
            throw new InvalidOperationException(
                $"This instance of {service.GetType()} runs already as the work of a leader, here or in another election of this process; "
                + "it cannot be started twice. "
                + "Register it as transient or scoped instead of as a singleton, or add it to one election only, and there once.");
        }
    }

    /// <summary>Records that it has ended.</summary>
    public static void End(IHostedService service) => Running.Remove(service);
}
