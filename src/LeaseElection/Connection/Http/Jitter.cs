namespace LeaseElection.Connection.Http;

/// <summary>Makes the randomness of a connection's retries: a number from 0 to 1 at each call, from any thread.</summary>
internal static class Jitter
{
    // Random is not safe for several threads, and a store's reads and watch run side by side.
    public static Func<double> Create()
    {
#pragma warning disable CA5394 // Spreads retries in time; guards nothing.
        var random = new Random();
        var gate = new Lock();
        return () =>
        {
            lock (gate)
                return random.NextDouble();
        };
#pragma warning restore CA5394
    }
}
