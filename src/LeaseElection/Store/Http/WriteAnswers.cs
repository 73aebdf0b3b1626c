using LeaseElection.Connection.Http;
using LeaseElection.Leases;
using LeaseElection.Store.Json;

namespace LeaseElection.Store.Http;

/// <summary>
/// What an answer to a write means. Whatever is not certain is unknown: the write may have committed. What is not the API server's answer
/// is no answer.
/// </summary>
internal static class WriteAnswers
{
    public static WriteOutcome Read(ApiAnswer answer, bool isCreate, KnownTexts known, string name) => answer switch
    {
        ApiAnswer.Replied { Status: 200 or 201 } done => Written(done, name, known),
        ApiAnswer.Replied { Status: 409 } conflict when IsConflict(conflict) => new WriteOutcome.Conflict(),
        ApiAnswer.Replied { Status: 404 } missing when !isCreate && IsMissing(missing, name) => new WriteOutcome.Missing(),
        ApiAnswer.Replied other => Refusal(other, isCreate ? "create" : "update") is { } rejection
            ? new WriteOutcome.Rejected(rejection)
            : new WriteOutcome.Unknown(other.Describe(), other.RetryAfter),
        ApiAnswer.Silent silent => new WriteOutcome.Unknown(silent.Why, null),
        _ => throw new InvalidOperationException("A write is never answered by a stream."),
    };

    private static WriteOutcome Written(ApiAnswer.Replied answer, string name, KnownTexts known)
    {
        var why = answer.BodyFault;
        return why is null && LeaseReader.TryRead(answer.Body, name, out var lease, out why, known)
            ? new WriteOutcome.Written(lease)
            : new WriteOutcome.Unknown($"HTTP {answer.Status}, but its body cannot be understood: {why}", answer.RetryAfter);
    }

    // One whose body was cut off stays a conflict: a read follows and finds out. A webhook that denies with this code would be asked for
    // ever.
    private static bool IsConflict(ApiAnswer.Replied answer) =>
        answer.BodyFault is not null
        || (ServerStatus.Read(answer.Body) is { IsStatus: true } said && !RejectionClassifier.IsDenial(said));

    // Without its namespace there is no Lease either; a read follows and finds out.
    private static bool IsMissing(ApiAnswer.Replied answer, string name) =>
        ServerStatus.Read(answer.Body) is var said
        && (said.IsAbsenceOf(name) || said is { IsStatus: true, Reason: "NotFound", Kind: "namespaces" });

    // A 409 is a refusal only as a webhook's denial; everything else of that code is a proxy's.
    private static Rejection? Refusal(ApiAnswer.Replied answer, string verb) =>
        answer.Status == 409 && !RejectionClassifier.IsDenial(ServerStatus.Read(answer.Body))
            ? null
            : RejectionClassifier.Of(answer, verb);
}
