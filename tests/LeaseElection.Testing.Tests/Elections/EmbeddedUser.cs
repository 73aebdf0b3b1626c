using k8s;
using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.Testing.Tests.Elections;

internal sealed class EmbeddedUser(LeaseApiServer server, LeaseApiUser user) : ServerUser
{
    public override KubernetesClientConfiguration Configuration() => server.CreateConfiguration(user, user.Namespace!);

    public override Task GrantAsync(params string[] verbs)
    {
        user.Verbs = verbs;
        return Task.CompletedTask;
    }

    public override void Accept(bool accepted) => user.IsRevoked = !accepted;
}
