using LeaseElection.Leases;
using Polly;
using Polly.Retry;

namespace LeaseElection.Store.Http;

/// <summary>
/// How often, and after which outcomes, a read is tried again. Writes never are: the machine decides each retry of a write.
/// </summary>
internal static class ReadRetries
{
    private const int Retries = 2;

    public static ResiliencePipeline<ReadOutcome> Create(TimeSpan requestTimeout, TimeProvider time, Func<double> random) =>
        new ResiliencePipelineBuilder<ReadOutcome> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<ReadOutcome>
            {
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is ReadOutcome.Failed),
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = requestTimeout / 8,
                MaxDelay = requestTimeout,
                UseJitter = true,
                Randomizer = random,
                DelayGenerator = arguments => ValueTask.FromResult(Asked(arguments.Outcome.Result, requestTimeout)),
            })
            .Build();

    // What the server asks for, but no more than leaves time for another try. Null leaves the wait to the backoff.
    private static TimeSpan? Asked(ReadOutcome? outcome, TimeSpan longest) =>
        outcome is ReadOutcome.Failed { RetryAfter: { } asked } ? TimeSpan.FromTicks(Math.Min(asked.Ticks, longest.Ticks)) : null;
}
