using System.Text;
using k8s;
using LeaseElection.Connection.Kubeconfigs;
using LeaseElection.Connection.Machine;
using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Credentials;

/// <summary>Stands in for the providers of credentials until they come.</summary>
internal static class CredentialProviders
{
    public static ICredentialProvider Open(UserEntry user, ClusterEntry cluster, ISystemEnvironment machine, TimeProvider time)
    {
        var certificate = ClientCertificate.Load(new KubernetesClientConfiguration
        {
            ClientCertificateData = user.ClientCertificateData,
            ClientCertificateKeyData = user.ClientKeyData,
            ClientCertificateFilePath = user.ClientCertificate,
            ClientKeyFilePath = user.ClientKey,
        });
        return new Simple(user, certificate, machine);
    }

    private sealed class Simple(UserEntry user, ClientCertificate? certificate, ISystemEnvironment machine) : ICredentialProvider
    {
        public string? WaitsFor => null;

        public ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => new(new Credential(Header(), certificate));

        public ValueTask<Credential?> RenewAsync(Credential refused, CancellationToken cancellationToken) => new((Credential?)null);

        public void Dispose()
        {
            // It holds nothing.
        }

        private string? Header() => user switch
        {
            { TokenFile.Length: > 0 } => $"Bearer {Encoding.UTF8.GetString(machine.ReadFile(user.TokenFile)).Trim()}",
            { Token.Length: > 0 } => $"Bearer {user.Token}",
            { UserName.Length: > 0 } => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.UserName}:{user.Password}"))}",
            _ => null,
        };
    }
}
