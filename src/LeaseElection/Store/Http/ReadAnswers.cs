using LeaseElection.Connection.Http;
using LeaseElection.Leases;
using LeaseElection.Store.Json;

namespace LeaseElection.Store.Http;

/// <summary>What an answer to a read means.</summary>
internal static class ReadAnswers
{
    public static ReadOutcome Read(ApiAnswer answer, string name) => answer switch
    {
        ApiAnswer.Replied { Status: 200 } done => Found(done, name),
        ApiAnswer.Replied { Status: 404 } => new ReadOutcome.Absent(),
        ApiAnswer.Replied other => RejectionClassifier.Of(other, "get") is { } rejection
            ? new ReadOutcome.Rejected(rejection)
            : new ReadOutcome.Failed(other.Describe(), other.RetryAfter),
        ApiAnswer.Silent silent => new ReadOutcome.Failed(silent.Why, null),
        _ => throw new InvalidOperationException("A read is never answered by a stream."),
    };

    private static ReadOutcome Found(ApiAnswer.Replied answer, string name)
    {
        var why = answer.BodyFault;
        return why is null && LeaseReader.TryRead(answer.Body, name, out var lease, out why)
            ? new ReadOutcome.Found(lease)
            : new ReadOutcome.Failed($"HTTP 200, but its body cannot be understood: {why}", answer.RetryAfter);
    }
}
