namespace LeaseElection.Benchmarks.Measuring.Candidates;

/// <summary>How a candidate of each kind joins an election.</summary>
/// <param name="Access">The way to the API server.</param>
/// <param name="Namespace">The Lease's.</param>
/// <param name="Lease">Its name.</param>
internal sealed record Entrants(ClusterAccess Access, string Namespace, string Lease)
{
    /// <summary>Ours, with the default settings.</summary>
    public Task<ICandidate> OursAsync() =>
        Task.FromResult<ICandidate>(new OurCandidate(Access, new() { LeaseName = Lease, Namespace = Namespace }));

    /// <summary>client-go's, a process, with ReleaseOnCancel.</summary>
    public async Task<ICandidate> ClientGoAsync(CandidateTimings timings)
    {
        var candidate = await ClientGoCandidate.StartAsync(Access.KubeconfigPath, Namespace, Lease, timings);
        return new ForeignCandidate(candidate, candidate.StopAsync);
    }

    /// <summary>KubernetesClient's, in this process. It cannot release.</summary>
    public Task<ICandidate> KubernetesClientAsync(CandidateTimings timings)
    {
        var candidate = KubernetesClientCandidate.Start(Access.Configuration(), Namespace, Lease, timings);
        return Task.FromResult<ICandidate>(new ForeignCandidate(candidate, _ => candidate.VanishAsync()));
    }
}
