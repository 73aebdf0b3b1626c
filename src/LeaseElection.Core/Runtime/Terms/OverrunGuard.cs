using LeaseElection.Election.Time;

namespace LeaseElection.Runtime.Terms;

/// <summary>
/// Under <see cref="WorkOverrunPolicy.FailFast"/>: ends the process from the ticker's thread when work outlives a lost term, even if no
/// thread of the pool is free to run the loop (scenario 43). Gone once the work has ended.
/// </summary>
internal sealed class OverrunGuard(ElectorContext context, LeadershipTerm term, TimeSpan allowance)
{
    private HolderInstant? _lost;

    public static void FailFast(ElectorContext context, LeadershipTerm term) => context.FailFast(
        $"LeaseElection: the work on Lease {context.Lease}, fencing token {term.FencingToken}, still runs though its term has ended "
        + $"({term.EndReason}) and its time to stop is over.");

    public void OnTick(HolderInstant now)
    {
        // After a step-down or a stop the loop still renews, and only the loop knows whether that works.
        if (term.EndReason != TermEndReason.DeadlinePassed)
            return;
        _lost ??= now;
        if (now >= _lost.Value + allowance)
            FailFast(context, term);
    }
}
