using FailoverDemo.Replicas;
using FailoverDemo.Story;

namespace FailoverDemo;

/// <summary>
/// Tells when the leader last renewed. The term itself knows: what remains of it is RenewDeadline, counted from the moment in which
/// the last successful write was sent.
/// </summary>
internal static class Renewals
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public static async Task WatchAsync(
        IReadOnlyList<Replica> replicas, Recorder recorder, Timings timings, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var replica in replicas)
            {
                if (replica.Remaining is var remaining && remaining > TimeSpan.Zero)
                    recorder.Tell(now => new Renewed(now - (timings.RenewDeadline - remaining), replica.Name));
            }

            await Task.Delay(Pace, time, cancellationToken);
        }
    }
}
