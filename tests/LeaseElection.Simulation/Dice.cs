using System.Numerics;
using LeaseElection.TestKit;

namespace LeaseElection.Simulation;

/// <summary>What a world draws, from its seed alone.</summary>
internal sealed class Dice(ulong seed) : SplitMix64(seed)
{
    /// <summary>A stream of its own: what is drawn from it moves nothing in this one.</summary>
    public Dice Fork(ulong salt) => new(BitOperations.RotateLeft(State, 17) ^ (salt * 0xD6E8FEB86659FD93));

    public bool Chance(double probability) => Fraction() < probability;

    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    public int From(int least, int most) => least + Below(most - least + 1);

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
