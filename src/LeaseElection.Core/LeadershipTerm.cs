using System.Globalization;

namespace LeaseElection;

/// <summary>One uninterrupted leadership of this replica. Once ended, it never begins again: the next one is another term.</summary>
/// <remarks>All members may be used from any thread. Only the library makes terms.</remarks>
public abstract class LeadershipTerm
{
    private protected LeadershipTerm(long number, long fencingToken) => (Number, FencingToken) = (number, fencingToken);

    /// <summary>
    /// Gets the fencing token: strictly larger in every later term of this Lease, on whatever replica, across expiry, release and even
    /// deletion. Pass it to every system that the work writes to, and let that system refuse anything smaller than the largest token it has
    /// seen: only this protects against a process that was paused between its check and its write.
    /// </summary>
    /// <remarks>
    /// It is the <c>resourceVersion</c> of the write that acquired the term; Kubernetes promises that these compare as integers (KEP-5504).
    /// The one thing that breaks it is an etcd restored from an older backup.
    /// </remarks>
    public long FencingToken { get; }

    /// <summary>Gets a token that is cancelled when the term ends, for whatever reason. Its callbacks run on the thread pool.</summary>
    public abstract CancellationToken EndedToken { get; }

    /// <summary>
    /// Gets a value indicating whether the term goes on. Compares the clock at every read: the answer is right even when a timer fires
    /// late. The first read that sees the deadline passed ends the term.
    /// </summary>
    public abstract bool IsActive { get; }

    /// <summary>Gets how long the term is sure to go on without another renewal; zero when it has ended.</summary>
    public abstract TimeSpan Remaining { get; }

    /// <summary>Gets why the term ended; null while it goes on.</summary>
    public abstract TermEndReason? EndReason { get; }

    /// <summary>Gets the term's number among those of its elector.</summary>
    internal long Number { get; }

    /// <summary>Gets how long ago the deadline passed while the term was not ended. Reading it does not end the term.</summary>
    internal abstract TimeSpan PastDeadline { get; }

    /// <summary>Throws when the term has ended: for use between the steps of work that is not cancellable otherwise.</summary>
    /// <exception cref="OperationCanceledException">The term has ended; the exception carries <see cref="EndedToken"/>.</exception>
    public void ThrowIfEnded()
    {
        if (!IsActive)
        {
            throw new OperationCanceledException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The leadership term with fencing token {FencingToken} has ended: {EndReason}."),
                EndedToken);
        }
    }

    /// <summary>
    /// Makes a token that tells one part of the work to stop, cancelled in the same moment as <see cref="EndedToken"/>. Each part has a
    /// token of its own: a callback that blocks on one token does not delay the other parts (S9).
    /// </summary>
    internal abstract CancellationToken CreateStopToken();

    /// <summary>Makes a token that tells one part of the work that its time to stop is over.</summary>
    internal abstract CancellationToken CreateHurryToken();
}
