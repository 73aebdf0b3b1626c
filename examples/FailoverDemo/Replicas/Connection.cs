using k8s;
using LeaseElection.Testing;

namespace FailoverDemo.Replicas;

/// <summary>A replica's way to the API server: its own account, with the rights that the README names, and the faults on its way.</summary>
internal sealed class Connection(LeaseApiServer server, string replica)
{
    private readonly LeaseApiUser _user = server.AddUser(replica, "get", "watch", "create", "update");
    private readonly Lock _gate = new();
    private List<FaultHandle> _faults = [];

    public KubernetesClientConfiguration Configuration => server.CreateConfiguration(_user);

    /// <summary>Requests are accepted and never answered, open watches fall silent; no connection is closed.</summary>
    public void Freeze()
    {
        lock (_gate)
        {
            _faults.Add(server.Faults.Add(Fault.BlackHole(), IsOurs));
            _faults.Add(server.Faults.Add(Fault.StallWatch(), IsOurs));
        }
    }

    /// <summary>Says whether it was frozen.</summary>
    public bool Thaw()
    {
        List<FaultHandle> faults;
        lock (_gate)
            (faults, _faults) = (_faults, []);
        faults.ForEach(fault => fault.Dispose());
        return faults.Count > 0;
    }

    private bool IsOurs(LeaseApiRequest request) => request.User == _user.Name;
}
