namespace LeaseElection.Simulation.Shell.Records;

/// <summary>What a part of the work itself recorded: truthfully, whatever it did to others.</summary>
internal sealed class PartRecord(TermRecord term, string name, bool isFunction)
{
    private int _running;

    public TermRecord Term => term;

    public string Name => name;

    public bool IsFunction => isFunction;

    /// <summary>Gets or sets whether the token that it works under is cancelled; null before it has one.</summary>
    public Func<bool>? IsTold { get; set; }

    public bool StartCalled { get; set; }

    /// <summary>Gets or sets a value indicating whether StartAsync has returned or thrown.</summary>
    public bool StartEnded { get; set; }

    public bool StartedHookRuns { get; set; }

    /// <summary>Gets or sets a value indicating whether it has lifecycle hooks.</summary>
    public bool HasHooks { get; set; }

    public bool StartingHookCalled { get; set; }

    public bool StoppingHookCalled { get; set; }

    public bool StoppedHookCalled { get; set; }

    public bool StopCalled { get; set; }

    /// <summary>Gets or sets a value indicating whether StopAsync has returned or thrown.</summary>
    public bool StopEnded { get; set; }

    /// <summary>Gets or sets when it threw by itself, while its term went on.</summary>
    public TimeSpan? FailedAt { get; set; }

    /// <summary>Gets or sets when its work began; null: not yet.</summary>
    public TimeSpan? WorkBeganAt { get; set; }

    /// <summary>Gets or sets a value indicating whether its own work (ExecuteAsync, a function, the timer) goes on.</summary>
    public bool Works { get; set; }

    /// <summary>Gets or sets a value indicating whether only its disposal ends its work.</summary>
    public bool EndsByDisposal { get; set; }

    public bool WasMade { get; set; }

    public int Disposals { get; set; }

    public bool DisposedUnderWork { get; set; }

    /// <summary>Gets a value indicating whether any of its code runs: its work, its start, its stop, its hooks.</summary>
    public bool IsAtWork => Works || Volatile.Read(ref _running) > 0;

    /// <summary>Gets a value indicating whether it runs and will never again by itself.</summary>
    public bool HasEnded => !IsAtWork && (isFunction || !StartCalled || StopEnded);

    public void Enter() => Interlocked.Increment(ref _running);

    public void Exit() => Interlocked.Decrement(ref _running);

    public override string ToString() => $"{name} in {term}";
}
