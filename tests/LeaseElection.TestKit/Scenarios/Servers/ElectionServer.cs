using k8s;

namespace LeaseElection.TestKit.Scenarios.Servers;

/// <summary>An API server that elections run on, as one test sees it: the embedded one, or a real one.</summary>
public abstract class ElectionServer : IAsyncDisposable
{
    /// <summary>Gets a client with the administrator's rights, for everybody's use.</summary>
    public abstract IKubernetes Administrator { get; }

    /// <summary>
    /// Makes the server ready, before anything else. Skips the test where there is none, or none that is ours to disturb.
    /// </summary>
    public abstract Task OpenAsync();

    /// <summary>A new configuration with the administrator's rights.</summary>
    public abstract KubernetesClientConfiguration AdministratorConfiguration();

    /// <summary>Creates a namespace.</summary>
    /// <param name="name">Null: one of its own for the test.</param>
    /// <returns>Its name.</returns>
    public abstract Task<string> CreateNamespaceAsync(string? name = null);

    /// <summary>Somebody who may do exactly this with the Leases of one namespace.</summary>
    public abstract Task<ServerUser> AddUserAsync(string @namespace, params string[] verbs);

    /// <summary>A way to the server whose open connections can fall silent while new ones work.</summary>
    public abstract FragilePath OpenPath();

    /// <summary>The server is gone: connections are reset, new ones refused. What it holds is kept.</summary>
    public abstract Task TakeDownAsync();

    public abstract Task BringUpAsync();

    /// <summary>The server stops in its tracks: connections stay open and are accepted, nothing is answered.</summary>
    public abstract void Freeze();

    /// <summary>It goes on, with what was asked meanwhile too.</summary>
    public abstract void Thaw();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
