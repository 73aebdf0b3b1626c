using LeaseElection.Connection.Http;
using LeaseElection.Leases;
using LeaseElection.Store.Json;

namespace LeaseElection.Store.Http;

/// <summary>What an answer to a write means. Whatever is not certain is unknown: the write may have committed.</summary>
internal static class WriteAnswers
{
    public static WriteOutcome Read(ApiAnswer answer, bool isCreate, KnownTexts known, string name) => answer switch
    {
        ApiAnswer.Replied { Status: 200 or 201 } done => Written(done, name, known),
        ApiAnswer.Replied { Status: 409 } => new WriteOutcome.Conflict(),
        ApiAnswer.Replied { Status: 404 } missing => isCreate
            ? new WriteOutcome.Rejected(RejectionClassifier.New(RejectionKind.NamespaceMissing, "create", missing))
            : new WriteOutcome.Missing(),
        ApiAnswer.Replied other => RejectionClassifier.Of(other, isCreate ? "create" : "update") is { } rejection
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
}
