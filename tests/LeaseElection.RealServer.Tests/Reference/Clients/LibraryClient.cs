using k8s.Exceptions;
using LeaseElection.Connection.Configuration;
using LeaseElection.Connection.Http;
using LeaseElection.Connection.Machine;
using LeaseElection.RealServer.Tests.Reference.Corpus;
using LeaseElection.RealServer.Tests.Reference.Recording;

namespace LeaseElection.RealServer.Tests.Reference.Clients;

/// <summary>
/// The library: finds its configuration, opens its connection, and reads the Lease once. All of the library that the reference test knows.
/// </summary>
internal sealed class LibraryClient : IClient
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(20);

    public async Task<string?> AskAsync(Workplace place, CancellationToken cancellationToken)
    {
        try
        {
            var machine = new Machine(place);
            var access = new KubernetesConfigurationLocator(() => null, machine).Find(ClusterSource.Auto);
            var inNamespace = KubernetesNamespace.Resolve(option: null, access, machine);
            using var connection = new KubernetesConnection(access, Ample, TimeProvider.System);
            var path = $"apis/coordination.k8s.io/v1/namespaces/{inNamespace}/leases/{ApiAnswers.Lease}";
            var answer = await connection.SendAsync(new(HttpMethod.Get, new(connection.Server, path), Ample), cancellationToken);
            return answer switch
            {
                ApiAnswer.Replied { Status: 200 } => null,
                ApiAnswer.Replied other => other.Describe(),
                ApiAnswer.Silent silent => place.Hide(silent.Why),
                _ => throw new InvalidOperationException($"{answer} is no answer to a GET"),
            };
        }
        catch (KubeConfigException e)
        {
            return place.Hide(e.Message);
        }
    }

    private sealed class Machine(Workplace place) : ISystemEnvironment
    {
        public string Home => place.Home;

        public string? Variable(string name) => place.Variables.GetValueOrDefault(name);

        public bool HasFile(string path) => File.Exists(path);

        public byte[] ReadFile(string path) => File.ReadAllBytes(path);
    }
}
