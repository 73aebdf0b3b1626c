using System.Numerics;

namespace LeaseElection.Simulation;

/// <summary>Chance, from a seed alone and the same on every runtime (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A stream of its own: what is drawn from it moves nothing in this one.</summary>
    public Dice Fork(ulong salt) => new(BitOperations.RotateLeft(_state, 17) ^ (salt * 0xD6E8FEB86659FD93));

    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Fraction() < probability;

    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    public int From(int least, int most) => least + Below(most - least + 1);

    public double Between(double least, double most) => least + ((most - least) * Fraction());

    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * Fraction());

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    public void Shuffle<T>(List<T> list)
    {
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
    }

    /// <summary>The same for code that wants a <see cref="Random"/>.</summary>
    public Random AsRandom() => new Adapter(this);

    private sealed class Adapter(Dice dice) : Random(0)
    {
        public override long NextInt64(long minValue, long maxValue) =>
            (long)((ulong)minValue + Math.BigMul(dice.Next(), (ulong)maxValue - (ulong)minValue, out _));

        protected override double Sample() => dice.Fraction();
    }
}
