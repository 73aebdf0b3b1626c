namespace LeaseElection.Benchmarks.Scale.Elections;

/// <summary>Elections of one kind.</summary>
internal interface IElections
{
    /// <summary>Runs one, for as long as the process lives.</summary>
    Task RunAsync(string name);
}
