using Microsoft.Extensions.Logging;

namespace LeaseElection.Diagnostics;

/// <summary>Every log message. An id, once given, is never given to another message.</summary>
internal static partial class ElectionLog
{
    [LoggerMessage(1, LogLevel.Information, "Campaigning for Lease {Lease} as {Identity}")]
    public static partial void Campaigning(ILogger logger, string lease, string identity);

    [LoggerMessage(2, LogLevel.Information, "Leading: {Identity} holds Lease {Lease}, fencing token {FencingToken}")]
    public static partial void Leading(ILogger logger, string lease, string identity, long fencingToken);

    [LoggerMessage(3, LogLevel.Information,
        "Not leading any more: the term of {Identity} on Lease {Lease}, fencing token {FencingToken}, ended: {Reason}")]
    public static partial void Ended(ILogger logger, string lease, string identity, long fencingToken, TermEndReason reason);

    [LoggerMessage(4, LogLevel.Warning,
        "Lost leadership: the term of {Identity} on Lease {Lease}, fencing token {FencingToken}, ended: {Reason}")]
    public static partial void Lost(ILogger logger, string lease, string identity, long fencingToken, TermEndReason reason);

    [LoggerMessage(5, LogLevel.Information,
        "Standing by: {Leader} leads on Lease {Lease}, which is free once its record is unchanged for {Wait}, because {Cause}")]
    public static partial void StandingBy(ILogger logger, string lease, string leader, string wait, string cause);

    [LoggerMessage(6, LogLevel.Information, "Released Lease {Lease} of {Identity}")]
    public static partial void Released(ILogger logger, string lease, string identity);

    [LoggerMessage(7, LogLevel.Warning, "Could not release Lease {Lease} of {Identity} in time: a standby leads when it expires")]
    public static partial void ReleaseAbandoned(ILogger logger, string lease, string identity);

    [LoggerMessage(8, LogLevel.Warning,
        "Lease {Lease} lost its holder without a release (edited, or deleted): waiting as for a silent "
        + "holder, because the old leader may be cut off and alive")]
    public static partial void HolderErased(ILogger logger, string lease);

    [LoggerMessage(9, LogLevel.Warning,
        "Lease {Lease} is held by our identity {Identity} through a write that is not ours: an earlier run, or another process with "
        + "the same identity; waiting for it to expire")]
    public static partial void IdentityShared(ILogger logger, string lease, string identity);

    [LoggerMessage(10, LogLevel.Warning,
        "The resourceVersion of Lease {Lease} went backwards: etcd was restored from a backup. Waiting for one lease duration; fencing "
        + "tokens given out since the backup may be given out again")]
    public static partial void StoreRestored(ILogger logger, string lease);

    [LoggerMessage(11, LogLevel.Warning, "The watch on Lease {Lease} does not work: polling every {RetryPeriod} until it does")]
    public static partial void Polling(ILogger logger, string lease, TimeSpan retryPeriod);

    [LoggerMessage(12, LogLevel.Information, "The watch on Lease {Lease} works again")]
    public static partial void Watching(ILogger logger, string lease);

    [LoggerMessage(13, LogLevel.Error, "The work of {Identity} on Lease {Lease}, fencing token {FencingToken}, failed; policy: {Policy}")]
    public static partial void WorkFailed(
        ILogger logger, string lease, string identity, long fencingToken, WorkFailurePolicy policy, Exception? error);

    [LoggerMessage(14, LogLevel.Warning, "The work of {Identity} on Lease {Lease}, fencing token {FencingToken}, threw while it stopped")]
    public static partial void WorkFailedWhileStopping(ILogger logger, string lease, string identity, long fencingToken, Exception error);

    [LoggerMessage(15, LogLevel.Information, "The work of {Identity} on Lease {Lease}, fencing token {FencingToken}, has completed")]
    public static partial void WorkCompleted(ILogger logger, string lease, string identity, long fencingToken);

    [LoggerMessage(16, LogLevel.Error,
        "Overrun: the work of {Identity} on Lease {Lease}, fencing token {FencingToken}, still runs though its term has ended and its "
        + "time to stop is over; policy: {Policy}")]
    public static partial void Overrun(ILogger logger, string lease, string identity, long fencingToken, WorkOverrunPolicy policy);

    [LoggerMessage(17, LogLevel.Error, "The API server refuses '{Verb}' on Lease {Lease} ({StatusCode}): {ServerMessage}\n{Fix}")]
    public static partial void Rejected(ILogger logger, string lease, string verb, int statusCode, string serverMessage, string fix);

    [LoggerMessage(18, LogLevel.Information, "The API server accepts '{Verb}' on Lease {Lease} again")]
    public static partial void Granted(ILogger logger, string lease, string verb);

    [LoggerMessage(19, LogLevel.Warning, "No answer to '{Verb}' on Lease {Lease}: {Why}. Trying again")]
    public static partial void ServerUnreachable(ILogger logger, string lease, string verb, string why);

    [LoggerMessage(20, LogLevel.Information, "The API server answers again ('{Verb}' on Lease {Lease})")]
    public static partial void ServerReachable(ILogger logger, string lease, string verb);

    [LoggerMessage(21, LogLevel.Critical, "The election on Lease {Lease} broke down: {Identity} does not take part any more")]
    public static partial void BrokeDown(ILogger logger, string lease, string identity, Exception error);

    [LoggerMessage(22, LogLevel.Information, "Left the election on Lease {Lease}: {Identity}")]
    public static partial void Left(ILogger logger, string lease, string identity);

    [LoggerMessage(23, LogLevel.Error,
        "The host's ShutdownTimeout is over before the work on Lease {Lease} has ended and the Lease was released: keep "
        + "LeaderElection:DrainTimeout ({DrainTimeout}) below it")]
    public static partial void ShutdownTooShort(ILogger logger, string lease, TimeSpan drainTimeout);

    [LoggerMessage(24, LogLevel.Warning, "The connection of the election on Lease {Lease} could not be closed")]
    public static partial void StoreNotClosed(ILogger logger, string lease, Exception error);

    [LoggerMessage(25, LogLevel.Warning,
        "Election '{Election}' is standalone: this process leads from its start and is NOT coordinated with other replicas, each of "
        + "which leads too. For development and tests; remove UseStandalone() elsewhere")]
    public static partial void Standalone(ILogger logger, string election);

    [LoggerMessage(26, LogLevel.Information, "Paused: {Identity} does not campaign for Lease {Lease} until it is resumed")]
    public static partial void Paused(ILogger logger, string lease, string identity);

    [LoggerMessage(27, LogLevel.Information, "Resumed: {Identity} campaigns for Lease {Lease} again")]
    public static partial void Resumed(ILogger logger, string lease, string identity);

    [LoggerMessage(28, LogLevel.Information,
        "New settings for Lease {Lease}, LeaseDuration {LeaseDuration}: in force from the next term on")]
    public static partial void Reloaded(ILogger logger, string lease, TimeSpan leaseDuration);

    [LoggerMessage(29, LogLevel.Warning, "Changed for Lease {Lease}, but in force only after a restart: {Settings}")]
    public static partial void NotReloaded(ILogger logger, string lease, string settings);

    [LoggerMessage(30, LogLevel.Error, "The changed settings for Lease {Lease} are refused, the earlier ones stay in force: {Why}")]
    public static partial void ReloadRefused(ILogger logger, string lease, string why);

    [LoggerMessage(31, LogLevel.Information,
        "No Events on Lease {Lease}, because the API server refuses them ({Why}): allow 'create' of "
        + "'events' in its namespace, or set PublishEvents to false")]
    public static partial void EventsOff(ILogger logger, string lease, string why);

    [LoggerMessage(32, LogLevel.Error,
        "The label of the leader of Lease {Lease} on pod {Pod} is not up to date, because the API server refuses '{Verb}' of pods "
        + "({Why}): allow get, list and patch of pods in its namespace, and set POD_NAME by the downward API")]
    public static partial void LabelRefused(ILogger logger, string lease, string pod, string verb, string why);

    [LoggerMessage(33, LogLevel.Warning, "{Dropped} log lines of elections were left out, because the logger did not keep up")]
    public static partial void LinesDropped(ILogger logger, long dropped);

    [LoggerMessage(34, LogLevel.Warning,
        "Someone waits to lead Lease {Lease}, and the host has not started for {Waited}: the election begins when it has. A service "
        + "that awaits leadership in its StartAsync keeps the host from starting for ever; await it in ExecuteAsync")]
    public static partial void WaitsForStart(ILogger logger, string lease, TimeSpan waited);

    [LoggerMessage(35, LogLevel.Information,
        "The election on Lease {Lease} is held in namespace {Namespace} at {Server}, which {Source} names")]
    public static partial void HeldAt(ILogger logger, string lease, string @namespace, string server, string source);

    [LoggerMessage(36, LogLevel.Warning,
        "The election on Lease {Lease} is held in namespace {Namespace} at {Server}, which {Source} names: a person's way into a cluster. "
        + "This process takes part in the election there, and may lead. To keep it out, use UseStandalone() or another kubeconfig")]
    public static partial void HeldAtAsAPerson(ILogger logger, string lease, string @namespace, string server, string source);

    [LoggerMessage(37, LogLevel.Warning,
        "The election on Lease {Lease} is held in namespace {Namespace}, not in {PodNamespace}, the namespace of this pod (POD_NAMESPACE): "
        + "{Source} is for another cluster than the pod's. If the replicas elsewhere use another namespace, set Namespace for all of them")]
    public static partial void NotInThePodsNamespace(ILogger logger, string lease, string @namespace, string source, string podNamespace);

    [LoggerMessage(38, LogLevel.Warning, "Of where the election on Lease {Lease} is held: {Note}")]
    public static partial void SourceNote(ILogger logger, string lease, string note);

    [LoggerMessage(40, LogLevel.Error, "Lease {Lease} cannot be used, and nobody leads: {Why}.\n{Fix}")]
    public static partial void Unusable(ILogger logger, string lease, string why, string fix);

    [LoggerMessage(41, LogLevel.Warning, "'{Verb}' on Lease {Lease} has had no answer for {Elapsed}: still waiting for it")]
    public static partial void Slow(ILogger logger, string lease, string verb, string elapsed);

    [LoggerMessage(42, LogLevel.Information, "'{Verb}' on Lease {Lease} is answered in time again; the slowest answer took {Longest}")]
    public static partial void NotSlow(ILogger logger, string lease, string verb, string longest);

    [LoggerMessage(43, LogLevel.Error,
        "The API server did not keep what was written to Lease {Lease}: {Field} was sent as {Sent}, and kept as {Kept}. Such a record is "
        + "nobody's write, so it cannot be led by. Probably a mutating admission webhook changes Leases: exempt this one (kubectl get "
        + "mutatingwebhookconfigurations)")]
    public static partial void WriteAltered(ILogger logger, string lease, string field, string sent, string kept);

    [LoggerMessage(44, LogLevel.Warning,
        "Lease {Lease} has not changed for {Unchanged}, and nobody may lead before {FreeAt:u} (in {Remaining}), because {Cause}. "
        + "To decide otherwise: {WayOut}")]
    public static partial void LongWait(
        ILogger logger, string lease, string unchanged, DateTimeOffset freeAt, string remaining, string cause, string wayOut);

    [LoggerMessage(45, LogLevel.Information,
        "Standing by: Lease {Lease} carries an earlier record of our own identity {Identity}, and is free once that is unchanged for "
        + "{Wait}, because {Cause}")]
    public static partial void OwnRecord(ILogger logger, string lease, string identity, string wait, string cause);

    [LoggerMessage(46, LogLevel.Warning,
        "Lease {Lease} is held by {Leader}, an election of the application '{Theirs}'; ours is '{Ours}'. Two applications with one Lease "
        + "name exclude each other: give each its own LeaseName")]
    public static partial void OtherApplication(ILogger logger, string lease, string leader, string theirs, string ours);
}
