namespace LeaseElection.Benchmarks.Measuring.Statistics;

/// <summary>How tables and files call whom they compare.</summary>
internal static class Contestants
{
    public const string Ours = "ours";
    public const string ClientGo = "client-go";
    public const string KubernetesClient = "KubernetesClient";

    /// <summary>Raw requests: what nobody can be faster than.</summary>
    public const string Floor = "floor";

    /// <summary>The server with nobody to serve.</summary>
    public const string Idle = "idle";
}
