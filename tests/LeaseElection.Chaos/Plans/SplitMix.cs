namespace LeaseElection.Chaos.Plans;

/// <summary>SplitMix64: a few lines, and the same numbers from the same seed wherever and by whatever version it is run.</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to <paramref name="below"/>, without it.</summary>
    public int Below(int below) => (int)(Next() % (ulong)below);

    public double Between(double least, double most) => least + ((Next() >> 11) * (1.0 / (1UL << 53)) * (most - least));
}
