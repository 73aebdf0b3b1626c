namespace LeaseElection.Diagnostics;

/// <summary>Cancels without waiting for callbacks, whatever they do (S9).</summary>
internal static class ForeignCallbacks
{
    public static void Cancel(CancellationTokenSource source) => _ = ObserveAsync(source.CancelAsync());

    private static async Task ObserveAsync(Task callbacks) => await callbacks.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
