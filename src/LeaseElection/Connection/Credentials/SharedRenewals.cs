namespace LeaseElection.Connection.Credentials;

/// <summary>
/// The renewals of this process: connections with the same source share one, so that forty elections run a plugin once. A renewal ends
/// with the last connection that uses it.
/// </summary>
internal static class SharedRenewals
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<(object Source, TimeProvider Time), Shared> Known = [];

    /// <summary>Joins the renewal of a source, or begins it.</summary>
    /// <param name="key">What makes two sources the same.</param>
    /// <param name="time">The clock; a renewal has one.</param>
    /// <param name="source">Makes the source.</param>
    public static ICredentialProvider Open(object key, TimeProvider time, Func<ICredentialSource> source)
    {
        lock (Gate)
        {
            if (!Known.TryGetValue((key, time), out var shared))
            {
#pragma warning disable CA2000 // The last to leave disposes of it.
                Known.Add((key, time), shared = new((key, time), new(source(), time)));
#pragma warning restore CA2000
            }

            shared.Users++;
            return new Member(shared);
        }
    }

    private static void Leave(Shared shared)
    {
        lock (Gate)
        {
            if (--shared.Users > 0)
                return;
            Known.Remove(shared.Key);
        }

        shared.Renewal.Dispose();
    }

    private sealed class Shared((object Source, TimeProvider Time) key, CredentialRenewal renewal)
    {
        public (object Source, TimeProvider Time) Key => key;

        public CredentialRenewal Renewal => renewal;

        public int Users { get; set; }
    }

    private sealed class Member(Shared shared) : ICredentialProvider
    {
        private bool _left;

        public string? WaitsFor => shared.Renewal.WaitsFor;

        public ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => shared.Renewal.GetAsync(cancellationToken);

        public ValueTask<Credential?> RenewAsync(Credential refused, CancellationToken cancellationToken) =>
            shared.Renewal.RenewAsync(refused, cancellationToken);

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _left, true))
                Leave(shared);
        }
    }
}
