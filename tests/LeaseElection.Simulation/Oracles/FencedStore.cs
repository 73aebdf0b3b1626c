namespace LeaseElection.Simulation.Oracles;

/// <summary>What the work writes to: it keeps the largest token, and refuses smaller ones.</summary>
internal sealed class FencedStore(Oracle oracle)
{
    public long Largest { get; private set; }

    public long Accepted { get; private set; }

    public long Refused { get; private set; }

    public void Write(IWitness who, long token)
    {
        if (token < Largest)
        {
            Refused++;
            oracle.Refused(who, token, Largest);
            return;
        }

        Accepted++;
        Largest = token;
    }
}
