namespace LeaseElection.Connection.Configuration;

/// <summary>Where a pod finds what the cluster gives it.</summary>
internal static class ServiceAccount
{
    public const string HostVariable = "KUBERNETES_SERVICE_HOST";
    public const string PortVariable = "KUBERNETES_SERVICE_PORT";

    private const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    public const string Token = Folder + "/token";
    public const string Authority = Folder + "/ca.crt";
    public const string Namespace = Folder + "/namespace";
}
