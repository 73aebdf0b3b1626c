using System.Collections.Concurrent;

namespace ReadWriteSplit;

/// <summary>
/// Stands for the store that all replicas share. A real one refuses a fencing token that is smaller than the largest it has seen: see
/// examples/FencedWriter.
/// </summary>
internal sealed class Orders
{
    private readonly ConcurrentQueue<Order> _all = new();

    public IEnumerable<Order> All => _all;

    public Order Add(NewOrder order, long fencingToken)
    {
        var added = new Order(order.Item, fencingToken);
        _all.Enqueue(added);
        return added;
    }
}
