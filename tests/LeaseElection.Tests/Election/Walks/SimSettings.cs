using LeaseElection.Election;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>Any settings that validation accepts, at its edges too.</summary>
internal static class SimSettings
{
    public static ElectionSettings Draw(Random random, string identity)
    {
        var lease = TimeSpan.FromSeconds(random.GetItems([1, 2, 3, 5, 10, 15], 1)[0]);
        var deadline = random.Next(3) == 0 ? lease / 1.25 : lease * (0.3 + (random.NextDouble() * 0.5));
        var interval = deadline * (0.05 + (random.NextDouble() * 0.55));
        var timeout = (deadline - interval) / 2 * (0.2 + (random.NextDouble() * 0.79));
        return new()
        {
            Identity = identity,
            LeaseDuration = lease,
            RenewDeadline = deadline,
            RenewInterval = interval,
            RetryPeriod = lease * (0.02 + (random.NextDouble() * 0.2)),
            RequestTimeout = timeout,
            DrainTimeout = lease * (random.NextDouble() * 2),
            ReleaseOnStop = random.Next(4) > 0,
            WhenWorkFails = random.Next(4) > 0 ? WorkFailurePolicy.StepDown : WorkFailurePolicy.StopHost,
            WhenWorkCompletes = random.Next(4) > 0 ? WorkCompletionPolicy.KeepLeading : WorkCompletionPolicy.Resign,
        };
    }
}
