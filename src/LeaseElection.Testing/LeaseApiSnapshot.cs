using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing;

/// <summary>What a <see cref="LeaseApiServer"/> held at one moment, like a backup of etcd.</summary>
public sealed class LeaseApiSnapshot
{
    internal LeaseApiSnapshot(StoreImage image) => Image = image;

    /// <summary>Gets the newest resourceVersion in it.</summary>
    public long ResourceVersion => Image.Version;

    internal StoreImage Image { get; }
}
