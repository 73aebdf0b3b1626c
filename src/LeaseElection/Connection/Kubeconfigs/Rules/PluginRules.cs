namespace LeaseElection.Connection.Kubeconfigs.Rules;

/// <summary>What a user's credential plugin must say: kubectl's rules, for a client without a terminal.</summary>
internal static class PluginRules
{
    private const string Group = "client.authentication.k8s.io";

    public static IEnumerable<string> Check(UserEntry user)
    {
        if (user.AuthProvider is { } provider)
            yield return $"'auth-provider' ('{provider}') is not supported: Kubernetes has replaced such providers. Use a credential "
                + $"plugin ('exec') instead, such as {InsteadOf(provider)}.";
        if (user.Exec is not { } exec)
            yield break;
        if (string.IsNullOrEmpty(exec.Command))
            yield return "'exec' has no 'command'. Write the plugin's name or path.";
        if (exec.ApiVersion is not ($"{Group}/v1" or $"{Group}/v1beta1"))
            yield return $"'apiVersion' of 'exec' is {Shown(exec.ApiVersion)}; it must be '{Group}/v1' or '{Group}/v1beta1'. Correct it; "
                + "if the plugin is older, update it.";
        if (exec.Environment.Any(static e => e.Key.Length == 0))
            yield return "'env' of 'exec' has an entry without a 'name'. Add it.";
        foreach (var fault in Mode(exec))
            yield return fault;
    }

    private static IEnumerable<string> Mode(ExecEntry exec)
    {
        switch (exec.InteractiveMode)
        {
            case "Never" or "IfAvailable":
                break;
            case null or "" when exec.ApiVersion == $"{Group}/v1beta1":
                break;
            case "Always":
                yield return "'interactiveMode' of 'exec' is 'Always', and a service has no terminal at which a person could answer. Use a "
                    + "plugin that needs nobody, and set 'Never' or 'IfAvailable'.";
                break;
            default:
                yield return $"'interactiveMode' of 'exec' is {Shown(exec.InteractiveMode)}; it must be 'Never' or 'IfAvailable'. Set it.";
                break;
        }
    }

    private static string InsteadOf(string provider) => provider switch
    {
        "gcp" => "gke-gcloud-auth-plugin",
        "azure" => "kubelogin (Azure)",
        "oidc" => "kubelogin (kubectl oidc-login)",
        _ => "one that your cluster's provider has",
    };

    private static string Shown(string? value) => string.IsNullOrEmpty(value) ? "not set" : $"'{value}'";
}
