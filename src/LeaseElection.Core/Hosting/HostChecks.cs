using LeaseElection.Hosting.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Hosting;

/// <summary>Finds mistakes in Program.cs that would make two replicas do the work at once, or none.</summary>
internal static class HostChecks
{
    public static void NoServiceRunsTwice(ElectionRegistration registration, IServiceProvider services)
    {
        var always = services.GetServices<IHostedService>().Select(s => s.GetType()).ToHashSet();
        foreach (var work in registration.Works.OfType<ServiceWork>())
        {
            if (work.Type is { } type && always.Contains(type))
            {
                throw new InvalidOperationException(
                    $"{work.Type} is registered with AddHostedService and with AddLeaderService of the election {registration.Shown}; "
                    + "it would run on every replica. "
                    + "Remove the AddHostedService.");
            }
        }
    }

    public static void EveryElectionHasItsOwnLease(ElectionRegistration registration, string lease, IServiceProvider services)
    {
        foreach (var other in services.GetServices<ElectionRegistration>())
        {
            if (other == registration || other.Lease is null)
                continue;
            if (other.Lease == lease)
            {
                throw new InvalidOperationException(
                    $"The elections {other.Shown} and {registration.Shown} of this host both use Lease {lease}; "
                    + "two elections on one Lease would lead by turns. "
                    + $"Give each its own name, or set {registration.Section}:LeaseName.");
            }
        }

        registration.Lease = lease;
    }
}
