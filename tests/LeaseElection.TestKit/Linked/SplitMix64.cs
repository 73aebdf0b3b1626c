namespace LeaseElection.TestKit;

/// <summary>Chance, from a seed alone: the same numbers from the same seed wherever and by whatever version it is run.</summary>
public class SplitMix64(ulong seed)
{
    /// <summary>Gets where the stream is.</summary>
    protected ulong State { get; private set; } = seed;

    public ulong Next()
    {
        State += 0x9E3779B97F4A7C15;
        var z = State;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 on, below 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Between(double least, double most) => least + ((most - least) * Fraction());
}
