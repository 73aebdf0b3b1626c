using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Plans;
using LeaseElection.Simulation.Shell.Records;

namespace LeaseElection.Simulation.Shell.Parts;

/// <summary>One instance of a part: does what is planned, and records what it does.</summary>
internal sealed class PartBody(
    PartPlan plan, PartRecord record, Actor actor, WorldTime time, Chronicle chronicle, Action<CancellationToken> tokenSeen)
{
    private static readonly TimeSpan ForEver = Timeout.InfiniteTimeSpan;

    public PartPlan Plan => plan;

    public PartRecord Record => record;

    public void Construct()
    {
        try
        {
            Acting(() => actor.Do(plan.Constructor, "the constructor"), "the constructor");
            record.WasMade = true;
        }
        catch (InvalidOperationException error)
        {
            Failed(error);
            throw;
        }
    }

    public async Task StartAsync(Func<Task> start, CancellationToken token)
    {
        record.StartCalled = true;
        tokenSeen(token);
        record.IsTold ??= () => token.IsCancellationRequested;
        try
        {
            await ActingAsync(
                async () =>
                {
                    await actor.DoAsync(plan.BeforeStart, "StartAsync", token);
                    await start();
                    await actor.DoAsync(plan.AfterStart, "StartAsync", token);
                },
                "StartAsync");
        }
        catch (InvalidOperationException error)
        {
            Failed(error);
            throw;
        }
        finally
        {
            record.StartEnded = true;
        }
    }

    /// <summary>The work itself: until it is told to end, and as long as it needs then.</summary>
    public async Task WorkAsync(CancellationToken token)
    {
        record.IsTold = () => token.IsCancellationRequested;
        record.WorkBeganAt ??= time.Now;
        record.Works = true;
        record.Term.Host.IsTraced |= System.Diagnostics.Activity.Current is not null;
        chronicle.Note($"{record} works");
        try
        {
            await GoOnAsync(token);
            await actor.DoAsync(plan.WindDown, "the work's end", CancellationToken.None);
        }
        catch (InvalidOperationException error)
        {
            Failed(error);
            throw;
        }
        finally
        {
            record.Works = false;
            chronicle.Note($"{record} works no more");
        }
    }

    /// <summary>The same on a thread that has nothing but the token.</summary>
    public void Work(CancellationToken token)
    {
        record.IsTold = () => token.IsCancellationRequested;
        record.WorkBeganAt ??= time.Now;
        record.Works = true;
        record.Term.Host.IsTraced |= System.Diagnostics.Activity.Current is not null;
        chronicle.Note($"{record} works");
        try
        {
            if (plan.Work.Kind is ActKind.Throws or ActKind.ReturnsEarly && !actor.IsCalm)
                actor.Block(plan.Work.Length);
            else if (plan.Work.Kind is ActKind.Hangs or ActKind.BlocksForLong)
                actor.Block(TimeSpan.Zero);
            if (plan.Work.Kind == ActKind.Throws)
                actor.Do(plan.Work, "the work");
            if (plan.Work.Kind != ActKind.ReturnsEarly || actor.IsCalm)
                actor.BlockUntil(token);
            actor.Do(plan.WindDown, "the work's end");
        }
        catch (InvalidOperationException error)
        {
            Failed(error);
            throw;
        }
        finally
        {
            record.Works = false;
            chronicle.Note($"{record} works no more");
        }
    }

    public async Task StopAsync(Func<Task> stop, CancellationToken token)
    {
        record.StopCalled = true;
        try
        {
            await ActingAsync(
                async () =>
                {
                    await actor.DoAsync(plan.BeforeStop, "StopAsync", token);
                    if (!plan.StopDoesNothing)
                        await stop();
                    await actor.DoAsync(plan.AfterStop, "StopAsync", token);
                },
                "StopAsync");
        }
        finally
        {
            record.StopEnded = true;
        }
    }

    public Task WindDownAsync() => actor.DoAsync(plan.WindDown, "the work's end", CancellationToken.None);

    public async Task HookAsync(Act act, string hook, CancellationToken token)
    {
        try
        {
            await ActingAsync(() => actor.DoAsync(act, hook, token), hook);
        }
        catch (InvalidOperationException error)
        {
            if (hook.StartsWith("Start", StringComparison.Ordinal))
                Failed(error);
            throw;
        }
    }

    public void Disposing()
    {
        if (record.EndsByDisposal)
            record.Works = false;
        record.Disposals++;
        record.DisposedUnderWork |= record.IsAtWork;
        chronicle.Note($"{record} is disposed of");
    }

    public void Disposed() => actor.Do(plan.Dispose, "Dispose");

    private async Task GoOnAsync(CancellationToken token)
    {
        var act = actor.IsCalm ? default : plan.Work;
        switch (act.Kind)
        {
            case ActKind.Throws or ActKind.ReturnsEarly:
                if (act.Length > TimeSpan.Zero)
                    await Task.WhenAny(Task.Delay(act.Length, time, token), actor.LetGo.Opened);
                if (actor.IsCalm)
                    goto default;
                if (act.Kind == ActKind.Throws)
                    await actor.DoAsync(act, "the work", token);
                break;
            case ActKind.Hangs:
                await actor.LetGo.Opened; // Ignores its token.
                break;
            case ActKind.Eager:
                await Task.Delay(ForEver, time, token);
                break;
            case ActKind.Blocks:
                actor.BlockUntil(token);
                goto default;
            case ActKind.BlocksForLong:
                actor.Block(TimeSpan.Zero);
                goto default;
            default:
                await Task.Delay(ForEver, time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
        }
    }

    // What is thrown before anybody told the part to end is its own failure.
    private void Failed(Exception error)
    {
        if (record.IsTold?.Invoke() == true || record.Term.HasEnded)
            return;
        record.FailedAt ??= time.Now;
        chronicle.Note($"{record} failed: {error.Message}");
    }

    private void Acting(Action act, string place)
    {
        record.Enter();
        chronicle.Note($"{record}: {place}");
        try
        {
            act();
        }
        finally
        {
            record.Exit();
            chronicle.Note($"{record}: {place} is over");
        }
    }

    private async Task ActingAsync(Func<Task> act, string place)
    {
        record.Enter();
        chronicle.Note($"{record}: {place}");
        try
        {
            await act();
        }
        finally
        {
            record.Exit();
            chronicle.Note($"{record}: {place} is over");
        }
    }
}
