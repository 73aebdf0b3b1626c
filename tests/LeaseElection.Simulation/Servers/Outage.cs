namespace LeaseElection.Simulation.Servers;

/// <summary>Trouble of the API server that all replicas share.</summary>
internal sealed class Outage
{
    /// <summary>Gets or sets how many faults keep it down.</summary>
    public int Down { get; set; }

    public bool IsDown => Down > 0;

    /// <summary>Gets or sets how often the server's store came back from a backup: what was sent to an earlier one never arrives.</summary>
    public int Restores { get; set; }

    /// <summary>Gets or sets the part of requests that it answers with 500.</summary>
    public double Fails { get; set; }

    /// <summary>Gets or sets how long the server takes for everything that it is asked.</summary>
    public TimeSpan Slow { get; set; }

    /// <summary>Gets the watches: a server that goes down ends them.</summary>
    public List<SimulatedWatch> Watches { get; } = [];
}
