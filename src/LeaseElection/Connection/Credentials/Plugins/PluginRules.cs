using k8s.Exceptions;
using LeaseElection.Connection.Kubeconfigs;

namespace LeaseElection.Connection.Credentials.Plugins;

/// <summary>What can be said about a plugin before it runs. The rules are kubectl's; a service has no terminal.</summary>
internal static class PluginRules
{
    private const string Group = "client.authentication.k8s.io";

    private static readonly string[] Versions = [$"{Group}/v1", $"{Group}/v1beta1"];

    /// <exception cref="KubeConfigException">A rule is broken: file, field, fix.</exception>
    public static void Check(UserEntry user, ExecEntry exec)
    {
        if (string.IsNullOrEmpty(exec.Command))
            throw Fault(user, "exec.command is not set: name the plugin's program");
        if (string.IsNullOrEmpty(exec.ApiVersion))
            throw Fault(user, $"exec.apiVersion is not set: set it to {Versions[0]}, or to what the plugin speaks");
        if (!Versions.Contains(exec.ApiVersion))
            throw Fault(user, $"exec.apiVersion is '{exec.ApiVersion}', and only {string.Join(" and ", Versions)} exist: "
                + "update the plugin and its kubeconfig");
        if (exec.Environment.Any(static variable => string.IsNullOrEmpty(variable.Key)))
            throw Fault(user, "exec.env has a variable without a name");
        switch (exec.InteractiveMode)
        {
            case "Never" or "IfAvailable":
            case null or "" when exec.ApiVersion == Versions[1]:
                return;
            case null or "":
                throw Fault(user, $"exec.interactiveMode is not set, and {Versions[0]} needs it: set it to Never or IfAvailable");
            case "Always":
                throw Fault(user, "exec.interactiveMode is Always, and a service has no terminal: use a plugin that can do without, "
                    + "and IfAvailable");
            default:
                throw Fault(user, $"exec.interactiveMode is '{exec.InteractiveMode}', and only Never, IfAvailable and Always exist");
        }
    }

    private static KubeConfigException Fault(UserEntry user, string what) => new($"The user '{user.Name}' in {user.File}: {what}.");
}
