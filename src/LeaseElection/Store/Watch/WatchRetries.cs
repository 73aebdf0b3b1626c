using Polly;
using Polly.Retry;

namespace LeaseElection.Store.Watch;

/// <summary>How a watch that failed is tried again: for ever, but ever more slowly.</summary>
internal static class WatchRetries
{
    public static ResiliencePipeline<WatchEnd> Create(
        WatchSettings settings, Func<WatchEnd.Failed, CancellationToken, ValueTask> onFailure) =>
        new ResiliencePipelineBuilder<WatchEnd> { TimeProvider = settings.Time }
            .AddRetry(new RetryStrategyOptions<WatchEnd>
            {
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is WatchEnd.Failed),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = settings.RequestTimeout / 8,
                MaxDelay = settings.LongestDelay,
                UseJitter = true,
                Randomizer = settings.Random,
                DelayGenerator = arguments => ValueTask.FromResult(Asked(arguments.Outcome.Result, settings)),
                OnRetry = arguments => onFailure((WatchEnd.Failed)arguments.Outcome.Result!, arguments.Context.CancellationToken),
            })
            .Build();

    private static TimeSpan? Asked(WatchEnd? end, WatchSettings settings) => end switch
    {
        WatchEnd.Failed { Rejection: not null } => settings.RefusedDelay * (0.8 + (0.4 * settings.Random())),
        WatchEnd.Failed { RetryAfter: { } asked } => TimeSpan.FromTicks(Math.Min(asked.Ticks, settings.LongestDelay.Ticks)),
        _ => null,
    };
}
