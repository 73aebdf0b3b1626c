using LeaseElection.Connection.Http;
using LeaseElection.Leases;
using LeaseElection.Store.Json;

namespace LeaseElection.Store.Http;

/// <summary>Which answers are refusals that last until an administrator acts.</summary>
internal static class RejectionClassifier
{
    /// <summary>What the answer refuses; null when it is none, or one that passes by itself (408, 429, 5xx).</summary>
    /// <param name="answer">The answer. 404, 409 and 410 mean different things to different verbs: the caller judges them first.</param>
    /// <param name="verb">The Kubernetes verb.</param>
    public static Rejection? Of(ApiAnswer.Replied answer, string verb) => answer.Status switch
    {
        401 => New(RejectionKind.Unauthorized, verb, answer),
        403 => New(RejectionKind.Forbidden, verb, answer),
        400 or 422 => New(RejectionKind.Invalid, verb, answer),
        408 or 429 => null,
        >= 400 and <= 499 => New(RejectionKind.Other, verb, answer),
        _ => null,
    };

    public static Rejection New(RejectionKind kind, string verb, ApiAnswer.Replied answer) =>
        new(kind, verb, answer.Status, ServerStatus.Read(answer.Body).Message is { Length: > 0 } message && answer.Note is null
            ? message
            : answer.Describe());
}
