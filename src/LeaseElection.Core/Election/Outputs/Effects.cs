using System.Collections;

namespace LeaseElection.Election.Outputs;

/// <summary>The effects of one step, in order. Every step reuses the list, so that a renewal allocates nothing.</summary>
internal sealed class Effects : IReadOnlyList<Effect>
{
    private readonly List<Effect> _list = new(8);

    public int Count => _list.Count;

    public Effect this[int index] => _list[index];

    public void Add(in Effect effect) => _list.Add(effect);

    public void Clear() => _list.Clear();

    public List<Effect>.Enumerator GetEnumerator() => _list.GetEnumerator();

    IEnumerator<Effect> IEnumerable<Effect>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
