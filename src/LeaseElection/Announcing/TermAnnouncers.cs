using LeaseElection.Connection.Machine;
using LeaseElection.Runtime;

namespace LeaseElection.Announcing;

/// <summary>Makes the announcers that the options ask for.</summary>
internal static class TermAnnouncers
{
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// LabelLeaderPod is set, and this process does not know its pod.
    /// </exception>
    public static IReadOnlyList<ITermAnnouncer> Of(LeaderElectionOptions options, AnnouncingParts parts, ISystemEnvironment machine)
    {
        var announcers = new List<ITermAnnouncer>();
        if (options.LabelLeaderPod)
            announcers.Add(new PodLabeller(parts, LeaderPod.Find(parts.LeaseName, machine)));
        if (options.PublishEvents)
            announcers.Add(new EventRecorder(parts));
        return announcers;
    }
}
