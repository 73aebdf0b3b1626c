namespace LeaseElection.Testing.Storage;

/// <summary>What names a Lease. Sorts as etcd's keys do.</summary>
internal readonly record struct LeaseKey(string Namespace, string Name) : IComparable<LeaseKey>
{
    public int CompareTo(LeaseKey other)
    {
        var byNamespace = string.CompareOrdinal(Namespace, other.Namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(Name, other.Name);
    }
}
