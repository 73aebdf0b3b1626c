namespace LeaseElection.Testing;

/// <summary>
/// Something that goes wrong with a request. Put it to work with
/// <see cref="LeaseApiFaults.Add(Fault, Func{LeaseApiRequest, bool}?, int)"/>.
/// </summary>
/// <remarks>
/// "Before" means before the request took effect, "after" means after: the write is committed, and others see it; or it was refused, and
/// the refusal is the answer. A watch takes effect when it is answered: "after" faults come before its beginning.
/// </remarks>
public sealed class Fault
{
    private Fault(FaultKind kind) => Kind = kind;

    /// <summary>What a timer takes: 49 days.</summary>
    internal static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    internal FaultKind Kind { get; }

    internal TimeSpan Time { get; private init; }

    internal int Number { get; private init; }

    internal string? Reason { get; private init; }

    internal string? Message { get; private init; }

    /// <summary>The request is taken up later.</summary>
    /// <param name="delay">How much later: from 0 to 49 days.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The delay is out of its range.</exception>
    public static Fault DelayBefore(TimeSpan delay) => new(FaultKind.DelayBefore) { Time = Checked(delay) };

    /// <summary>The request takes effect at once and is answered later.</summary>
    /// <param name="delay">How much later: from 0 to 49 days.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The delay is out of its range.</exception>
    public static Fault DelayAfter(TimeSpan delay) => new(FaultKind.DelayAfter) { Time = Checked(delay) };

    /// <summary>The request is taken up when the fault's handle is disposed.</summary>
    /// <returns>The fault.</returns>
    public static Fault HoldBefore() => new(FaultKind.HoldBefore);

    /// <summary>The request takes effect at once and is answered when the fault's handle is disposed.</summary>
    /// <returns>The fault.</returns>
    public static Fault HoldAfter() => new(FaultKind.HoldAfter);

    /// <summary>The connection is reset; the request takes no effect. (Over HTTP/2 the request's stream is.)</summary>
    /// <returns>The fault.</returns>
    public static Fault Reset() => new(FaultKind.Reset);

    /// <summary>
    /// The request takes effect, and the connection is reset instead of an answer. (Over HTTP/2 the request's stream is.)
    /// </summary>
    /// <returns>The fault.</returns>
    public static Fault LoseReply() => new(FaultKind.LoseReply);

    /// <summary>The request takes no effect and is never answered: until the client gives up, or the server goes down.</summary>
    /// <returns>The fault.</returns>
    public static Fault BlackHole() => new(FaultKind.BlackHole);

    /// <summary>The request takes effect and is never answered.</summary>
    /// <returns>The fault.</returns>
    public static Fault BlackHoleAfter() => new(FaultKind.BlackHoleAfter);

    /// <summary>The request takes no effect and is answered with an error.</summary>
    /// <param name="code">The HTTP status code: 400 to 599.</param>
    /// <param name="reason">The reason in the Status object; null: Kubernetes's own for this code.</param>
    /// <param name="message">The message; null: one for this code.</param>
    /// <param name="retryAfter">The Retry-After header, in whole seconds; null: none.</param>
    /// <returns>The fault.</returns>
    public static Fault Status(int code, string? reason = null, string? message = null, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(code, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, 599);
        return new(FaultKind.Status) { Number = code, Reason = reason, Message = message, Time = retryAfter ?? TimeSpan.MinValue };
    }

    /// <summary>The request takes effect; the answer's body is no JSON. Does not hit watches: see <see cref="GarbageEvents"/>.</summary>
    /// <returns>The fault.</returns>
    public static Fault Garbage() => new(FaultKind.Garbage);

    /// <summary>The request takes effect; the answer's body ends in the middle of the JSON. Does not hit watches.</summary>
    /// <returns>The fault.</returns>
    public static Fault Truncate() => new(FaultKind.Truncate);

    /// <summary>The request takes effect; the answer's body is padded to this size. Does not hit watches.</summary>
    /// <param name="bytes">The least size, in bytes, from 1 on.</param>
    /// <returns>The fault.</returns>
    public static Fault Oversize(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        return new(FaultKind.Oversize) { Number = bytes };
    }

    /// <summary>
    /// A watch, also one that is open already, stays open and says nothing more, no bookmark either; what happens meanwhile it never tells.
    /// </summary>
    /// <returns>The fault.</returns>
    public static Fault StallWatch() => new(FaultKind.StallWatch);

    /// <summary>A watch, also one that is open already, ends at once, as on a timeout.</summary>
    /// <returns>The fault.</returns>
    public static Fault EndWatch() => new(FaultKind.EndWatch);

    /// <summary>A watch, also one that is open already, says 410 Expired and ends.</summary>
    /// <returns>The fault.</returns>
    public static Fault ExpireWatch() => WatchError(410, "Expired", "too old resource version (injected)");

    /// <summary>A watch, also one that is open already, says ERROR with a Status and ends.</summary>
    /// <param name="code">The code in the Status.</param>
    /// <param name="reason">Its reason.</param>
    /// <param name="message">Its message.</param>
    /// <returns>The fault.</returns>
    public static Fault WatchError(int code, string reason, string message) =>
        new(FaultKind.WatchError) { Number = code, Reason = reason, Message = message };

    /// <summary>A watch, also one that is open already, tells each event twice.</summary>
    /// <returns>The fault.</returns>
    public static Fault DuplicateEvents() => new(FaultKind.DuplicateEvents);

    /// <summary>
    /// A watch, also one that is open already, tells events in pairs, the later one first: one waits for the next, but no longer than for
    /// a bookmark, the watch's end, or the end of the fault.
    /// </summary>
    /// <returns>The fault.</returns>
    public static Fault ReorderEvents() => new(FaultKind.ReorderEvents);

    /// <summary>A watch, also one that is open already, has a line that is no JSON before each event.</summary>
    /// <returns>The fault.</returns>
    public static Fault GarbageEvents() => new(FaultKind.GarbageEvents);

    private static TimeSpan Checked(TimeSpan delay) => delay >= TimeSpan.Zero && delay <= LongestDelay
        ? delay
        : throw new ArgumentOutOfRangeException(
            nameof(delay),
            delay,
            $"A delay is from 0 to {LongestDelay}, which is what a timer takes. "
            + "For longer, use HoldBefore or HoldAfter and dispose of the handle.");
}
