using LeaseElection.Diagnostics;
using LeaseElection.Runtime;

namespace LeaseElection.Connection.Credentials;

/// <summary>
/// Keeps one credential of a source and renews it ahead of time, in the background. The source is asked once at a time, whoever waits and
/// however often the server says 401. Expiry is counted on the monotonic clock, from when the credential came.
/// </summary>
internal sealed class CredentialRenewal : ICredentialProvider
{
    // Timers have a limit of some weeks; a longer wait is made of several.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    // A timer may fire a little before its time by the clock, and a clock's reading is rounded.
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly ICredentialSource _source;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;
    private KeptCredential? _kept;
    private FetchFailure? _failure;
    private TaskCompletionSource? _run;
    private long _runSince;
    private long? _refusedAt;
    private bool _isRefused;
    private int _shortLives;
    private bool _disposed;

    /// <param name="source">The source.</param>
    /// <param name="time">The clock.</param>
    /// <param name="first">What it gave a while ago, to be used until it is asked; null for nothing.</param>
    public CredentialRenewal(ICredentialSource source, TimeProvider time, Credential? first = null)
    {
        (_source, _time, _stopped) = (source, time, _stop.Token);
        if (first is not null)
            _kept = new(first, time.GetTimestamp(), null, TimeSpan.Zero);
        _timer = CleanContext.Run(() => time.CreateTimer(
            static self => ((CredentialRenewal)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
    }

    public string? WaitsFor
    {
        get
        {
            lock (_gate)
            {
                return _run is null || IsUsable ? null
                    : $"{_source.Name} ({_time.GetElapsedTime(_runSince).TotalSeconds:0} s)";
            }
        }
    }

    private bool IsUsable => _kept is { } kept && !(_time.GetElapsedTime(kept.Since) >= kept.Life - Early);

    // How long until the source may be asked after a failure.
    private TimeSpan Pause => _failure is { } failure ? failure.Pause - _time.GetElapsedTime(failure.Since) : TimeSpan.Zero;

    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource run;
        lock (_gate)
        {
            if (_disposed)
                return ValueTask.FromException<Credential>(Closed());
            if (IsUsable)
            {
                if (UntilDue() <= Early)
                    Begin();
                return new(_kept!.Credential);
            }

            if (_run is null && Pause is var pause && pause > Early)
                return ValueTask.FromException<Credential>(Again(pause));
            run = Begin();
        }

        return new(WaitAsync(run, cancellationToken));
    }

    public async ValueTask<Credential?> RenewAsync(Credential refused, CancellationToken cancellationToken)
    {
        // A run that was under way may have begun before the source had anything new: then one more.
        var begun = false;
        while (!begun)
        {
            TaskCompletionSource run;
            lock (_gate)
            {
                if (_disposed)
                    throw Closed();
                if (_kept is { } kept && kept.Credential != refused && IsUsable)
                    return kept.Credential;
                begun = _run is null;
                if (begun)
                {
                    if (_refusedAt is { } at && _time.GetElapsedTime(at) < _source.Pace.BetweenRefusals)
                        return null;
                    if (Pause is var pause && pause > Early && _source.Pace.BetweenRefusals > TimeSpan.Zero)
                        throw Again(pause);
                    (_refusedAt, _isRefused) = (_time.GetTimestamp(), true);
                }

                run = Begin();
            }

            await run.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        lock (_gate)
        {
            return _kept is { } renewed && renewed.Credential != refused && IsUsable ? renewed.Credential
                : _disposed ? throw Closed()
                : _failure is { } failure ? throw Copy(failure)
                : null;
        }
    }

    public void Dispose()
    {
        TaskCompletionSource? run;
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            run = _run;
        }

        // A plugin that runs is killed before this returns: the host may end right afterwards.
        _timer.Dispose();
        _stop.Cancel();
        _stop.Dispose();
        run?.TrySetResult();
    }

    private async Task<Credential> WaitAsync(TaskCompletionSource run, CancellationToken cancellationToken)
    {
        await run.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            return IsUsable ? _kept!.Credential
                : _disposed ? throw Closed()
                : _failure is { } failure ? throw Copy(failure)
                : throw new CredentialException($"{_source.Name}: its credential is no longer valid.");
        }
    }

    // Needs the gate, as everything below but RunAsync.
    private TimeSpan? UntilDue()
    {
        if (_kept is not { } kept || _run is not null)
            return null;
        var due = _isRefused ? TimeSpan.Zero : kept.RenewAfter - _time.GetElapsedTime(kept.Since);
        return due < Pause ? Pause : due;
    }

    private TaskCompletionSource Begin()
    {
        if (_run is not null)
            return _run;
        var run = _run = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _runSince = _time.GetTimestamp();
        _ = CleanContext.Run(() => RunAsync(run));
        return run;
    }

    private async Task RunAsync(TaskCompletionSource run)
    {
        FetchedCredential? fetched = null;
        Exception? error = null;
        try
        {
            fetched = await _source.FetchAsync(_stopped).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Everything: what is behind the source may be the application's.
            error = e;
        }

        lock (_gate)
        {
            _run = null;
            if (fetched is not null)
                Keep(fetched);
            else
                Fail(error!);
            SetTimer();
        }

        run.TrySetResult();
    }

    private void Keep(FetchedCredential fetched)
    {
        // An answer that has run out already may come of a wrong clock here: it is used for a moment, and then for longer moments.
        _shortLives = fetched.Life < TimeSpan.FromSeconds(2) ? _shortLives + 1 : 0;
        var life = _shortLives > 0 ? _source.Pace.PauseAfter(_shortLives) : fetched.Life;
        var credential = _kept is { } kept && kept.Credential == fetched.Credential ? kept.Credential : fetched.Credential;
        _kept = new(credential, _time.GetTimestamp(), life, _shortLives > 0 ? life : _source.Pace.RenewAfter(life));
        (_failure, _isRefused) = (null, false);
    }

    private void Fail(Exception error)
    {
        var failures = (_failure?.Count ?? 0) + 1;
        _failure = new(
            error as CredentialException ?? new CredentialException($"{_source.Name} failed: {ForeignExceptions.MessageOf(error)}", error),
            _time.GetTimestamp(), failures, _source.Pace.PauseAfter(failures));
    }

    private void SetTimer()
    {
        // What is asked by age alone is asked when a request comes.
        if (_disposed || _source.Pace.Every is not null)
            return;
        var wait = (_kept is null ? Pause : UntilDue()) ?? Timeout.InfiniteTimeSpan;
        _timer.Change(wait > LongestWait ? LongestWait : wait, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            if (_disposed || _run is not null)
                return;
            if ((_kept is null ? Pause : UntilDue()) <= Early)
                Begin();
            else
                SetTimer();
        }
    }

    private static CredentialException Copy(FetchFailure failure) => new(failure.Error.Message, failure.Error);

    private CredentialException Again(TimeSpan pause) =>
        new($"{_failure!.Error.Message} It is tried again in {Math.Ceiling(pause.TotalSeconds):0} s.", _failure.Error);

    private CredentialException Closed() => new($"{_source.Name} is not asked any more: the connection is closed.");

    private sealed record KeptCredential(Credential Credential, long Since, TimeSpan? Life, TimeSpan? RenewAfter);

    private sealed record FetchFailure(CredentialException Error, long Since, int Count, TimeSpan Pause);
}
