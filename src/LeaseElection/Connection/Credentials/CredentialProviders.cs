using System.Text;
using k8s.Exceptions;
using LeaseElection.Connection.Credentials.Plugins;
using LeaseElection.Connection.Kubeconfigs;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Credentials;

/// <summary>
/// Makes what gives the credentials of a kubeconfig's user, with client-go's precedence: a token file before a token; a token, a password
/// or a client certificate before a plugin, which then does not run at all; a client certificate beside a token or a password.
/// </summary>
internal static class CredentialProviders
{
    /// <exception cref="KubeConfigException">What the user entry says cannot be used: file, field, fix.</exception>
    public static ICredentialProvider Open(UserEntry user, ClusterEntry cluster, ISystemEnvironment machine, TimeProvider time)
    {
        Check(user);
#pragma warning disable CA2000 // Whoever gets the combination owns both.
        var certificate = Certificate(user, machine, time);
        var header = Header(user, machine, time);
#pragma warning restore CA2000
        return (header, certificate) switch
        {
            ({ } one, { } other) => new CombinedCredentials(one, other),
            ({ } only, null) => only,
            (null, { } only) => only,
            _ when user.Exec is { } exec => Plugin(exec, cluster, machine, time),
            _ => AnonymousCredentials.This,
        };
    }

    /// <summary>Says of a user what can be said without its files and plugins.</summary>
    /// <exception cref="KubeConfigException">It cannot be used: file, field, fix.</exception>
    public static void Check(UserEntry user)
    {
        var (token, password) = (Has(user.Token), Has(user.UserName) || Has(user.Password));
        if (token && password)
            throw Fault(user, "token and username/password are both set: remove one");
        if (token && user.Token!.Any(char.IsControl))
            throw Fault(user, "token has a line break or another control character in it: remove it");
        if (Has(user.ClientCertificate) || Has(user.ClientCertificateData))
            CheckCertificate(user);
        if (user.Exec is { } exec)
            PluginRules.Check(user, exec);
    }

    private static void CheckCertificate(UserEntry user)
    {
        if (Has(user.ClientCertificate) && Has(user.ClientCertificateData))
            throw Fault(user, "client-certificate and client-certificate-data are both set: remove one");
        if (Has(user.ClientKey) && Has(user.ClientKeyData))
            throw Fault(user, "client-key and client-key-data are both set: remove one");
        if (!Has(user.ClientKey) && !Has(user.ClientKeyData))
            throw Fault(user, "client-certificate has no key: set client-key or client-key-data");
        Text(user, "client-certificate", user.ClientCertificate, user.ClientCertificateData);
        Text(user, "client-key", user.ClientKey, user.ClientKeyData);
    }

    private static ICredentialProvider? Header(UserEntry user, ISystemEnvironment machine, TimeProvider time) =>
        Has(user.TokenFile) ? new TokenFileCredentials(user.TokenFile!, machine, time, Has(user.Token) ? user.Token : null)
        : Has(user.Token) ? FixedCredentials.Bearer(user.Token!)
        : Has(user.UserName) ? FixedCredentials.Basic(user.UserName!, user.Password)
        : null;

    private static ICredentialProvider? Certificate(UserEntry user, ISystemEnvironment machine, TimeProvider time)
    {
        if (!Has(user.ClientCertificate) && !Has(user.ClientCertificateData))
            return null;
        var source = new CertificateSource(
            $"the user '{user.Name}' in {user.File}",
            Text(user, "client-certificate", user.ClientCertificate, user.ClientCertificateData),
            Text(user, "client-key", user.ClientKey, user.ClientKeyData),
            machine);
        if (Has(user.ClientCertificate) || Has(user.ClientKey))
            return new CredentialRenewal(source, time);
        try
        {
            return new FixedCredentials(source.Read());
        }
        catch (CredentialException e)
        {
            throw new KubeConfigException(e.Message, e);
        }
    }

    private static ICredentialProvider Plugin(ExecEntry exec, ClusterEntry cluster, ISystemEnvironment machine, TimeProvider time)
    {
        var program = PluginProgram.Of(exec, cluster);
        return SharedRenewals.Open((program.Key, machine), time, () => new PluginSource(program, machine, time));
    }

    private static PemText Text(UserEntry user, string field, string? path, string? data)
    {
        if (Has(path))
            return new(field, path, null);
        try
        {
            return new($"{field}-data", null, Encoding.UTF8.GetString(Convert.FromBase64String(data!)));
        }
        catch (FormatException)
        {
            throw Fault(user, $"{field}-data is not base64");
        }
    }

    private static bool Has(string? value) => !string.IsNullOrEmpty(value);

    private static KubeConfigException Fault(UserEntry user, string what) => new($"The user '{user.Name}' in {user.File}: {what}.");
}
