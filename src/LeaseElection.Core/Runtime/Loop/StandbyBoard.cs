using LeaseElection.Diagnostics;
using LeaseElection.Election.Inputs;
using LeaseElection.Election.State;
using LeaseElection.Election.Time;

namespace LeaseElection.Runtime.Loop;

/// <summary>
/// Whom this candidate stands by for, and why: written by the loop after its steps, read by the health check. Copies values under a lock,
/// so that following a holder's renewals allocates nothing.
/// </summary>
internal sealed class StandbyBoard(ElectorContext context)
{
    // A wait of up to so many of our own lease durations is an ordinary one.
    private const int Ordinary = 3;

    private readonly Lock _gate = new();
    private StandbyWait? _wait;
    private TimeSpan _leaseDuration;
    private string? _otherApplication;
    private bool _saidLong;
    private string? _longHolder;

    /// <summary>Gets what is wrong: a wait that nobody would expect, or another application's holder. Any thread.</summary>
    public IEnumerable<string> Troubles
    {
        get
        {
            var (now, told) = (context.Clock.Monotonic(), new List<string>());
            lock (_gate)
            {
                if (_wait is not { } wait)
                    return told;
                if (IsLong(wait, now))
                    told.Add($"{Text(wait, now)}; to decide otherwise: {StandbyTexts.WayOut(wait, context.Lease)}");
                if (IsAnothers(wait))
                {
                    told.Add(
                        $"{wait.Holder} is of the application '{wait.Application}', ours is '{context.Application}': "
                        + "two applications use one Lease name");
                }
            }

            return told;
        }
    }

    /// <summary>Gets how it stands by, in words; null when it does not, or nothing is in its way. Any thread.</summary>
    public string? Description
    {
        get
        {
            var now = context.Clock.Monotonic();
            lock (_gate)
                return _wait is { } wait && (wait.Holder is not null || wait.FreeAt > now) ? Text(wait, now) : null;
        }
    }

    /// <summary>Takes over what the machine knows after a step. Only the loop calls it.</summary>
    public void Take(in ElectionState state, ElectionSettings settings, in Moment now)
    {
        if (state.Hold.Exists || state.Paused || state.Lifecycle != Lifecycle.Running || state.View.Knowledge == Knowledge.Unknown)
        {
            Forget();
            return;
        }

        var wait = StandbyWait.Of(state.View);
        lock (_gate)
            (_wait, _leaseDuration) = (wait, settings.LeaseDuration);

        if (IsAnothers(wait) && wait.Application != _otherApplication)
        {
            _otherApplication = wait.Application;
            ElectionLog.OtherApplication(context.Logger, context.Lease, wait.Holder!, wait.Application!, context.Application!);
        }

        SayLong(wait, now);
    }

    // Once for a holder, however often it renews.
    private void SayLong(in StandbyWait wait, in Moment now)
    {
        if (!IsLong(wait, now.Monotonic) || (_saidLong && _longHolder == wait.Holder))
            return;
        (_saidLong, _longHolder) = (true, wait.Holder);
        var left = wait.FreeAt - now.Monotonic;
        ElectionLog.LongWait(
            context.Logger, context.Lease, StandbyTexts.Shown(now.Monotonic - wait.Since), Later(now.Wall, left),
            StandbyTexts.Shown(left), StandbyTexts.Because(wait), StandbyTexts.WayOut(wait, context.Lease));
    }

    private void Forget()
    {
        if (_wait is null)
            return;
        lock (_gate)
            _wait = null;
        (_saidLong, _longHolder, _otherApplication) = (false, null, null);
    }

    private bool IsAnothers(in StandbyWait wait) =>
        context.Application is { } ours && wait.Application is { } theirs && theirs != ours && wait.Holder is not null;

    // Longer unchanged than we would need, and that long still to go.
    private bool IsLong(in StandbyWait wait, MonotonicInstant now) =>
        wait.FreeAt - wait.Since > _leaseDuration * Ordinary
        && now - wait.Since > _leaseDuration
        && wait.FreeAt - now > _leaseDuration;

    private string Text(in StandbyWait wait, MonotonicInstant now)
    {
        var whom = wait.Holder is not { } holder ? "knows of no leader"
            : holder == context.Settings.Identity ? "stands by for our own earlier record"
            : $"stands by for {holder}";
        var left = wait.FreeAt - now;
        return left <= TimeSpan.Zero
            ? whom
            : $"{whom}: Lease unchanged for {StandbyTexts.Shown(now - wait.Since)}, free in {StandbyTexts.Shown(left)} because "
                + StandbyTexts.Because(wait);
    }

    private static DateTimeOffset Later(DateTimeOffset now, TimeSpan span) =>
        span < DateTimeOffset.MaxValue - now ? now + span : DateTimeOffset.MaxValue;
}
