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
            RejectionKind.NamespaceMissing =>
                $"There is no namespace '{ns}': create it, or set LeaderElection:Namespace (or POD_NAMESPACE) to one that exists.",
            RejectionKind.Invalid =>
                $"The API server finds the Lease '{name}' invalid: the message names the field; correct that setting, or repair the Lease.",
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
