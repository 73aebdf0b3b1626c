using LeaseElection.Connection.Configuration;
using LeaseElection.Connection.Machine;
using Microsoft.Extensions.Options;

namespace LeaseElection.Announcing;

/// <summary>The pod that this process runs in.</summary>
internal sealed record LeaderPod(string Namespace, string Name)
{
    /// <summary>The pod's name is POD_NAME, else HOSTNAME; its namespace POD_NAMESPACE, else the service account's.</summary>
    /// <exception cref="OptionsValidationException">One of them is not known.</exception>
    public static LeaderPod Find(string election, ISystemEnvironment machine)
    {
        var name = Named(machine.Variable("POD_NAME")) ?? Named(machine.Variable("HOSTNAME"));
        var ns = Named(machine.Variable("POD_NAMESPACE")) ?? KubernetesNamespace.OfServiceAccount(machine);
        return name is not null && ns is not null ? new(ns, name) : throw new OptionsValidationException(
            election, typeof(LeaderElectionOptions),
            [
                "LabelLeaderPod is True, but this process does not know its pod "
                + $"({(name is null ? "POD_NAME" : "POD_NAMESPACE")} is not set); it can label only a pod that it knows. "
                + "Set POD_NAME and POD_NAMESPACE by the downward API, or LabelLeaderPod to false.",
            ]);
    }

    private static string? Named(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
