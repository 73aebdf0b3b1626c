using LeaseElection.Connection.Http;
using LeaseElection.Leases;
using LeaseElection.Store.Json;

namespace LeaseElection.Store.Http;

/// <summary>What an answer to a read means. What is not the API server's answer is no answer.</summary>
internal static class ReadAnswers
{
    public static ReadOutcome Read(ApiAnswer answer, string name) => answer switch
    {
        ApiAnswer.Replied { Status: 200 } done => Found(done, name),
        // A proxy's 404 must not pass for a deletion.
        ApiAnswer.Replied { Status: 404 } missing when ServerStatus.Read(missing.Body).IsAbsenceOf(name) => new ReadOutcome.Absent(),
        ApiAnswer.Replied other => RejectionClassifier.Of(other, "get") is { } rejection
            ? new ReadOutcome.Rejected(rejection)
            : new ReadOutcome.Failed(other.Describe(), other.RetryAfter),
        ApiAnswer.Silent silent => new ReadOutcome.Failed(silent.Why, null),
        _ => throw new InvalidOperationException("A read is never answered by a stream."),
    };

    private static ReadOutcome Found(ApiAnswer.Replied answer, string name)
    {
        var why = answer.BodyFault;
        if (why is null && LeaseReader.TryRead(answer.Body, name, out var lease, out why))
            return new ReadOutcome.Found(lease);
        // No server that counts otherwise begins to give integers: that is for an administrator, and not to be tried again at once.
        return answer.BodyFault is null && LeaseReader.VersionFault(answer.Body) is { } fault
            ? new ReadOutcome.Rejected(new(RejectionKind.Unusable, "get", answer.Status, fault))
            : new ReadOutcome.Failed($"HTTP 200, but its body cannot be understood: {why}", answer.RetryAfter);
    }
}
