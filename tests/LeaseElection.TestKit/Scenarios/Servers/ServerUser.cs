using k8s;

namespace LeaseElection.TestKit.Scenarios.Servers;

/// <summary>Somebody with a token, and with permissions on the Leases of one namespace.</summary>
public abstract class ServerUser
{
    /// <summary>A new configuration at every call: the caller may change it.</summary>
    public abstract KubernetesClientConfiguration Configuration();

    /// <summary>Lets him do exactly this from now on; without any verb, nothing.</summary>
    public abstract Task GrantAsync(params string[] verbs);

    /// <summary>Whether the server knows his token (else 401), for configurations made before too.</summary>
    public abstract void Accept(bool accepted);
}
