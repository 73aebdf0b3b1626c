namespace LeaseElection.Connection.Http;

/// <summary>How long a connection waits before it doubts, gives up or tries anew. All of it scales with RequestTimeout.</summary>
/// <param name="RequestTimeout">After so long without a byte a connection is doubted. Its requests go on waiting.</param>
internal sealed record ConnectionTimes(TimeSpan RequestTimeout)
{
    private static readonly TimeSpan LongestPingDelay = TimeSpan.FromMinutes(5);

    /// <summary>Gets how long streams that are given up together are spread over: many replicas lose their server at once.</summary>
    public static TimeSpan Spread => TimeSpan.FromSeconds(2);

    /// <summary>Gets how long a server must refuse every connection until it is taken for a server that shuts down.</summary>
    public static TimeSpan Refusals => TimeSpan.FromSeconds(1);

    /// <summary>Gets how long a second connection that nobody uses stays open: a slow server needs it again soon.</summary>
    public static TimeSpan SpareLife => TimeSpan.FromMinutes(1);

    /// <summary>Gets how long opening a connection may take, TLS included: several round trips.</summary>
    public TimeSpan Connect => 4 * RequestTimeout;

    /// <summary>Gets the time without a byte after which a PING is sent; SocketsHttpHandler allows no less than a second.</summary>
    public TimeSpan PingDelay => Longer(TimeSpan.FromSeconds(1), RequestTimeout / 2);

    /// <summary>Gets how long an unanswered PING must be out until its connection counts as dead, if another one works.</summary>
    public TimeSpan PingSilence => Longer(TimeSpan.FromSeconds(2), 2 * RequestTimeout);

    /// <summary>
    /// Gets after how long an unanswered PING closes its connection, whatever else is heard: by then no answer on it could still count.
    /// </summary>
    public TimeSpan PingTimeout => Longer(TimeSpan.FromSeconds(10), 5 * RequestTimeout);

    /// <summary>Gets how often connections are looked after while there is more than one.</summary>
    public TimeSpan Inspection => Longer(TimeSpan.FromMilliseconds(250), RequestTimeout / 4);

    /// <summary>Until when a silent connection must have answered a PING: the handler looks four times a delay.</summary>
    public static TimeSpan PingDue(TimeSpan delay) => 1.25 * delay;

    /// <summary>The delay of PINGs to a server, or a proxy, that found them too many.</summary>
    public static TimeSpan Calmer(TimeSpan delay) => 4 * delay < LongestPingDelay ? 4 * delay : LongestPingDelay;

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
