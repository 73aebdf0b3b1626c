using LeaseElection.Leases;

namespace LeaseElection.Diagnostics;

/// <summary>What to do about a refusal: the Role that is missing, or the thing to correct.</summary>
internal static class RejectionAdvice
{
    public static string For(Rejection rejection, string lease)
    {
        var (ns, name) = lease.Split('/') is [var first, var second] ? (first, second) : ("default", lease);
        return rejection.Kind switch
        {
            RejectionKind.Forbidden => MissingRole(ns),
            RejectionKind.Unauthorized =>
                "The API server does not accept the credentials: check the pod's service account "
                    + "token, or the user of the kubeconfig's context.",
            RejectionKind.MayNotImpersonate =>
                "The kubeconfig's user may not act as another: allow it the verb 'impersonate', or remove as, as-groups, as-uid and "
                    + "as-user-extra. The Role for Leases is not the cause.",
            RejectionKind.NamespaceTerminating =>
                $"The namespace '{ns}' is being deleted and takes nothing new: set LeaderElection:Namespace (or POD_NAMESPACE) to "
                    + "another, or create it again when it is gone.",
            RejectionKind.QuotaExceeded =>
                $"A ResourceQuota of the namespace '{ns}' allows no more: raise it, or delete Leases that nobody uses. Permissions are "
                    + "not the cause.",
            RejectionKind.Denied =>
                $"Admission control denies the write; the message names the webhook or policy: exempt the Lease '{name}' from it, or "
                    + "change what it denies. Permissions are not the cause.",
            RejectionKind.NamespaceMissing =>
                $"There is no namespace '{ns}': create it, or set LeaderElection:Namespace (or POD_NAMESPACE) to one that exists.",
            RejectionKind.NotServed =>
                "The server does not serve coordination.k8s.io/v1, or its URL is wrong: compare 'kubectl get --raw "
                    + "/apis/coordination.k8s.io/v1', correct the URL and its path, or switch the API group on.",
            RejectionKind.Invalid =>
                $"The API server finds the Lease '{name}' invalid: the message names the field; correct that setting, or repair the Lease.",
            RejectionKind.TooLarge =>
                $"The Lease '{name}' is too large; annotations may have 256 KiB in all: remove those that others left there "
                    + $"(kubectl annotate lease {name} -n {ns} KEY-).",
            RejectionKind.Unusable =>
                "The election orders events, and numbers its terms, by resourceVersions that are integers, as kube-apiserver's are: keep "
                    + "the Lease on such a server (another kubeconfig).",
            _ => "The API server refuses the request: the message says why.",
        };
    }

    // The complete Role, ready to be applied. "create" cannot be restricted to a name.
    private static string MissingRole(string ns) => $"""
        Missing permission. This Role, bound to the service account, is all that is needed:
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: leader-election
          namespace: {ns}
        rules:
        - apiGroups: ["coordination.k8s.io"]
          resources: ["leases"]
          verbs: ["get", "watch", "create", "update"]
        """;
}
