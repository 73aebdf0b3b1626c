using LeaseElection.Leases;

namespace LeaseElection.Standalone;

/// <summary>
/// Versions that rise with every call in this process, and across its restarts as long as the wall clock is not set back: the microseconds
/// since 1970, or one more than the last version where that is larger.
/// </summary>
internal static class RisingVersions
{
    private static long _last;

    public static long Next(TimeProvider time)
    {
        var now = MicroTime.From(time.GetUtcNow()).Microseconds;
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
                return next;
        }
    }
}
