using LeaseElection.Election.Time;

namespace LeaseElection.Election.Rules;

/// <summary>When to try again. Randomness comes with the moment, so these are pure functions.</summary>
internal static class Pace
{
    public static readonly TimeSpan MostExpiryJitter = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan FirstWorkBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostWorkBackoff = TimeSpan.FromMinutes(1);

    /// <summary>
    /// After a failed request: from an eighth of RetryPeriod, doubled up to RetryPeriod, jittered downwards by up to a half.
    /// </summary>
    public static TimeSpan AfterFailure(this in Step step, TimeSpan? retryAfter)
    {
        var failures = ++step.State.Requests.Failures;
        var delay = step.Settings.RetryPeriod * Math.Min(1, 0.125 * Math.Pow(2, Math.Min(failures - 1, 8)))
            * (0.5 + (0.5 * step.Fraction()));
        if (retryAfter is { } asked && asked > delay)
            delay = asked;
        return Capped(step, delay);
    }

    /// <summary>
    /// After a refusal: at the normal pace while a retry could still save a term (authorizers answer 403 for a moment after a restart).
    /// </summary>
    public static TimeSpan AfterRejection(this in Step step) =>
        step.State.Hold.Exists
            ? step.AfterFailure(retryAfter: null)
            : step.Settings.SlowRetryPeriod * (0.8 + (0.4 * step.Fraction()));

    /// <summary>
    /// After a watch whose version was gone: at once, but delayed when it happens in a row. A read of a Lease that has not changed for long
    /// returns a version that is gone again.
    /// </summary>
    public static MonotonicInstant AfterExpiredWatch(this in Step step)
    {
        ref var requests = ref step.State.Requests;
        if (requests.Failures > 0)
            return step.Now.Monotonic + step.AfterFailure(retryAfter: null);
        requests.Failures = 1;
        return default;
    }

    /// <summary>After the work failed by itself: doubled with every failure in a row.</summary>
    public static TimeSpan AfterWorkFailure(this in Step step, int failures)
    {
        var delay = FirstWorkBackoff * Math.Pow(2, Math.Min(failures - 1, 10));
        return (delay < MostWorkBackoff ? delay : MostWorkBackoff) * (0.8 + (0.2 * step.Fraction()));
    }

    /// <summary>A failure of work that ran this long begins a new row of failures.</summary>
    public static TimeSpan WorkIsHealthyAfter => MostWorkBackoff;

    public static TimeSpan ExpiryJitter(this in Step step) => MostExpiryJitter * step.Fraction();

    // A holder must have time for a second try after this one; a standby only has to notice in time that it may write.
    private static TimeSpan Capped(in Step step, TimeSpan delay)
    {
        if (!step.State.Hold.Exists)
            return delay < step.Settings.LeaseDuration ? delay : step.Settings.LeaseDuration;
        var left = step.State.Hold.ValidUntil - step.Now.Holder;
        var most = left - (step.Settings.RequestTimeout * 2);
        var least = left / 4;
        most = most > least ? most : least;
        // Near the deadline, retries without a least delay would become a storm.
        least = step.Settings.RetryPeriod / 16;
        most = most > least ? most : least;
        return delay < most ? delay : most;
    }

    private static double Fraction(this in Step step) => (step.Now.Random >> 11) * (1.0 / (1UL << 53));
}
