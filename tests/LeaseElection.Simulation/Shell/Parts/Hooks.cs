namespace LeaseElection.Simulation.Shell.Parts;

/// <summary>What parts with lifecycle hooks do in them.</summary>
internal static class Hooks
{
    public static Task StartingAsync(PartBody body, CancellationToken token)
    {
        body.Record.StartingHookCalled = true;
        return body.HookAsync(body.Plan.StartingHook, "StartingAsync", token);
    }

    public static async Task StartedAsync(PartBody body, CancellationToken token)
    {
        body.Record.StartedHookRuns = true;
        try
        {
            await body.HookAsync(body.Plan.StartedHook, "StartedAsync", token);
        }
        finally
        {
            body.Record.StartedHookRuns = false;
        }
    }

    public static Task StoppingAsync(PartBody body, CancellationToken token)
    {
        body.Record.StoppingHookCalled = true;
        return body.HookAsync(body.Plan.StoppingHook, "StoppingAsync", token);
    }

    public static Task StoppedAsync(PartBody body, CancellationToken token)
    {
        body.Record.StoppedHookCalled = true;
        return body.HookAsync(body.Plan.StoppedHook, "StoppedAsync", token);
    }
}
