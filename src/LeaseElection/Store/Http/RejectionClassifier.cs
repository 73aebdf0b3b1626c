using LeaseElection.Connection.Http;
using LeaseElection.Leases;
using LeaseElection.Store.Json;

namespace LeaseElection.Store.Http;

/// <summary>
/// Which answers are refusals that last until an administrator acts. Only a Status object is the API server's word: a firewall's page with
/// the code 403 says nothing about permissions.
/// </summary>
internal static class RejectionClassifier
{
    // What kube-apiserver says, in plain text, of a path that it does not serve.
    private const string NoSuchPath = "404 page not found";

    /// <summary>What the answer refuses; null when it is none, or one that passes by itself (408, 429, 5xx, a proxy's page).</summary>
    /// <param name="answer">The answer. 404, 409 and 410 mean different things to different verbs: the caller judges them first.</param>
    /// <param name="verb">The Kubernetes verb.</param>
    public static Rejection? Of(ApiAnswer.Replied answer, string verb)
    {
        if (answer.Status is < 400 or > 499 or 408 or 429)
            return null;
        var said = ServerStatus.Read(answer.Body);
        var kind = said.IsStatus ? KindOf(answer.Status, said, verb) : KindOfText(answer.Status, said.Message);
        return kind is { } found ? New(found, verb, answer) : null;
    }

    public static Rejection New(RejectionKind kind, string verb, ApiAnswer.Replied answer) =>
        new(kind, verb, answer.Status,
            ServerStatus.Read(answer.Body) is { IsStatus: true, Message: { Length: > 0 } message } && answer.Note is null
                ? message
                : answer.Describe());

    /// <summary>Whether an admission webhook or policy denies the write. Each chooses its own status code.</summary>
    public static bool IsDenial(in ServerStatus said) =>
        said.IsStatus
        && ((Says(said, "admission webhook \"") && Says(said, "denied the request"))
            || (Says(said, "AdmissionPolicy '") && Says(said, "denied request")));

    private static RejectionKind? KindOfText(int status, string text) => status switch
    {
        // Whoever asks for credentials, ours do not satisfy it.
        401 => RejectionKind.Unauthorized,
        404 when text == NoSuchPath => RejectionKind.NotServed,
        _ => null,
    };

    private static RejectionKind KindOf(int status, in ServerStatus said, string verb) => status switch
    {
        401 => RejectionKind.Unauthorized,
        _ when IsDenial(said) => RejectionKind.Denied,
        403 => KindOfForbidden(said, verb),
        404 when said.Kind == "namespaces" => RejectionKind.NamespaceMissing,
        404 when said.Kind is null => RejectionKind.NotServed,
        413 => RejectionKind.TooLarge,
        422 when Says(said, "metadata.annotations: Too long") => RejectionKind.TooLarge,
        400 or 422 => RejectionKind.Invalid,
        _ => RejectionKind.Other,
    };

    private static RejectionKind KindOfForbidden(in ServerStatus said, string verb)
    {
        if (Says(said, " cannot impersonate resource "))
            return RejectionKind.MayNotImpersonate;
        if (said.IsTerminating)
            return RejectionKind.NamespaceTerminating;
        if (Says(said, "exceeded quota: ") || Says(said, "failed quota: "))
            return RejectionKind.QuotaExceeded;
        // Admission says its reason after "is forbidden:", authorization says who may not do what, or nothing. Reads pass no admission.
        var isAuthorization = verb is "get" or "watch"
            || (Says(said, "User \"") && Says(said, " cannot "))
            || said.Message.EndsWith("is forbidden: ", StringComparison.Ordinal);
        return isAuthorization ? RejectionKind.Forbidden : RejectionKind.Denied;
    }

    private static bool Says(in ServerStatus said, string text) => said.Message.Contains(text, StringComparison.Ordinal);
}
