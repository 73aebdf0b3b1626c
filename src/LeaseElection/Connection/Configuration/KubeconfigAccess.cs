using k8s.Exceptions;
using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Kubeconfigs;
using LeaseElection.Connection.Kubeconfigs.Rules;
using LeaseElection.Connection.Machine;
using LeaseElection.Connection.Proxies;
using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Configuration;

/// <summary>Makes an access of what a kubeconfig's current context names. Nothing is sent, and no plugin runs.</summary>
internal static class KubeconfigAccess
{
    private const string PlainHttp =
        "the user of the kubeconfig has credentials, and the server is plain http: as in kubectl, they are not sent. Use https, or remove "
        + "them.";

    /// <param name="file">The kubeconfig.</param>
    /// <param name="shown">How messages name its files.</param>
    /// <param name="machine">Where the files that it names are.</param>
    /// <exception cref="KubeConfigException">It cannot be used; the message names file, field and fix.</exception>
    public static ServerAccess Make(KubeconfigFile file, string shown, ISystemEnvironment machine)
    {
        try
        {
            var chosen = ContextRules.Choose(file);
            ClusterRules.Check(chosen.Cluster, machine);
            UserRules.Check(chosen.User, machine);
            return Make(chosen, shown, machine);
        }
        catch (KubeConfigException e)
        {
            throw Unusable(shown, e.Message, e);
        }
    }

    public static KubeConfigException Unusable(string shown, string why, Exception inner) =>
        new($"The kubeconfig {shown} cannot be used: {why}", inner);

    private static ServerAccess Make(ChosenContext chosen, string shown, ISystemEnvironment machine)
    {
        var (context, cluster, user) = chosen;
        var server = ServerAddress.Of(cluster);
        var access = new ServerAccess
        {
            Server = server,
            Source = $"context '{context.Name}' of the kubeconfig {shown}",
            Kind = AccessKind.Kubeconfig,
            Context = context.Name,
            Namespace = string.IsNullOrEmpty(context.Namespace) ? null : context.Namespace,
            Impersonation = Impersonation.Headers(user),
            Proxy = ProxyFactory.Create(cluster.ProxyUrl, server, machine),
        };

        // As in kubectl, all that is about TLS, and who sends, is for https alone.
        if (server.Scheme != Uri.UriSchemeHttps)
            return UserRules.HasCredentials(user) ? access with { Notes = [PlainHttp] } : access;
        KeyPairRules.Check(user, machine);
        return access with
        {
            TlsServerName = string.IsNullOrEmpty(cluster.TlsServerName) ? null : cluster.TlsServerName,
            SkipVerify = cluster.SkipTlsVerify,
            Authorities = AuthoritiesOf(cluster, machine),
            OpenCredentials = time => CredentialProviders.Open(user, cluster, machine, time),
        };
    }

    private static IAuthorities? AuthoritiesOf(ClusterEntry cluster, ISystemEnvironment machine) => cluster switch
    {
        { Authority.Length: > 0 } => new AuthorityFile(cluster.Authority, machine),
        { AuthorityData.Length: > 0 } => AuthorityData.Read(cluster.AuthorityData, cluster.Shown),
        _ => null,
    };
}
