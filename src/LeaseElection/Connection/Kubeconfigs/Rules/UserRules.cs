using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Kubeconfigs.Rules;

/// <summary>
/// What a user must say to be usable: kubectl's rules. What kubectl would ask a person for at its terminal (a name for a password) is
/// refused.
/// </summary>
internal static class UserRules
{
    /// <exception cref="k8s.Exceptions.KubeConfigException">It breaks a rule.</exception>
    public static void Check(UserEntry user, ISystemEnvironment machine) =>
        Faults.ThrowIfAny(
            user.Shown, [.. Methods(user, machine), .. Certificate(user, machine), .. PluginRules.Check(user), .. Acting(user)]);

    /// <summary>Whether the user says anything about who sends the requests.</summary>
    public static bool HasCredentials(UserEntry user) =>
        user.Exec is not null
        || new[] { user.Token, user.TokenFile, user.UserName, user.ClientCertificate, user.ClientCertificateData }.Any(IsSet);

    private static IEnumerable<string> Methods(UserEntry user, ISystemEnvironment machine)
    {
        if ((IsSet(user.Token) || IsSet(user.TokenFile)) && (IsSet(user.UserName) || IsSet(user.Password)))
            yield return "it has both a token and 'username' or 'password'; only one way to authenticate is allowed. Remove one.";
        else if (IsSet(user.Password) && !IsSet(user.UserName))
            yield return "it has 'password' and no 'username'. Add it.";
        if (Faults.IsNoHeader(user.Token))
            yield return "'token' has a line break or another control character. Write the token alone, on one line.";

        // With a token beside it, the file may come later.
        if (IsSet(user.TokenFile) && !IsSet(user.Token) && !machine.HasFile(user.TokenFile!))
            yield return $"'tokenFile' is '{user.TokenFile}', which is not there, or no file. Correct the path.";
    }

    private static IEnumerable<string> Certificate(UserEntry user, ISystemEnvironment machine)
    {
        var (hasCertificate, hasKey) =
            (IsSet(user.ClientCertificate) || IsSet(user.ClientCertificateData), IsSet(user.ClientKey) || IsSet(user.ClientKeyData));
        if (IsSet(user.ClientCertificate) && IsSet(user.ClientCertificateData))
            yield return "'client-certificate' and 'client-certificate-data' are both set; only one may be. Remove one.";
        if (IsSet(user.ClientKey) && IsSet(user.ClientKeyData))
            yield return "'client-key' and 'client-key-data' are both set; only one may be. Remove one.";
        if (hasCertificate && !hasKey)
            yield return "it has a client certificate and no key. Add 'client-key' or 'client-key-data'.";
        if (hasKey && !hasCertificate)
            yield return "it has a client key and no certificate. Add 'client-certificate' or 'client-certificate-data'.";
        if (IsSet(user.ClientCertificate) && !machine.HasFile(user.ClientCertificate!))
            yield return $"'client-certificate' is '{user.ClientCertificate}', which is not there, or no file. Correct the path.";
        if (IsSet(user.ClientKey) && !machine.HasFile(user.ClientKey!))
            yield return $"'client-key' is '{user.ClientKey}', which is not there, or no file. Correct the path.";
    }

    private static IEnumerable<string> Acting(UserEntry user)
    {
        if (!IsSet(user.As) && (IsSet(user.AsUid) || user.AsGroups.Count > 0 || user.AsUserExtra.Count > 0))
            yield return "it has 'as-uid', 'as-groups' or 'as-user-extra' and no 'as'; they are of the user that 'as' names. Add 'as', or "
                + "remove them.";
        // SocketsHttpHandler joins the values of one header by commas, and the API server takes the whole for one group.
        if (user.AsGroups.Count > 1)
            yield return $"'as-groups' has {user.AsGroups.Count} groups; this library can send one alone. Name one that has the "
                + "permissions.";
        if (user.AsUserExtra.FirstOrDefault(static e => e.Value.Count > 1) is { Key: { } extra })
            yield return $"'{extra}' in 'as-user-extra' has several values; this library can send one alone. Leave one.";
        string?[] values = [user.As, user.AsUid, .. user.AsGroups, .. user.AsUserExtra.SelectMany(static e => e.Value)];
        if (values.Any(Faults.IsNoHeader))
            yield return "one of 'as', 'as-uid', 'as-groups' and 'as-user-extra' has a line break or another control character. Remove it.";
    }

    private static bool IsSet(string? text) => !string.IsNullOrEmpty(text);
}
